"""Documents to files: PDF sheets, Moodle XML, pages of HTML."""
