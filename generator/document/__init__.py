"""From a solved variant to what people read: templates filled in, Markdown and math parsed.

`markup` turns text into blocks, `keys` says how each type of key is shown and answered on paper,
`compose` puts a `Document` together. Nothing here knows how a page or a web page looks.
"""
