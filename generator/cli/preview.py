"""``gen-quiz preview BANK``: a local page that follows a bank as it is edited."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.options import add_theme, seed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add = parser.add_argument
    add(
        "bank",
        nargs="?",
        type=Path,
        metavar="BANK",
        help="a YAML bank; without one: banks/assignment4.yaml",
    )
    add("--seed", type=seed, default=0, help="the order in which variants are dealt (default: 0)")
    add("--port", type=_port, default=0, metavar="N", help="listen here (default: any free port)")
    add("--open", action="store_true", help="open the page in the browser")
    add_theme(parser)


def run(options: argparse.Namespace) -> int:
    """Serve the page until it is interrupted."""
    import webbrowser

    from generator.cli import files
    from generator.diagnostics import Diagnostic, InputError
    from generator.preview import Preview

    path = options.bank or files.default_bank()
    if not path.is_file():
        files.read(path)  # says what is wrong with it
    own = files.theme(options.theme)
    try:
        server = Preview(path, seed=options.seed, port=options.port, theme=own)
    except OSError as error:
        message = f"port {options.port} cannot be listened on: {error.strerror or error}"
        cure = "leave out --port, and any free one is taken"
        raise InputError([Diagnostic(code="no-port", message=message, help=cure)]) from error
    with server:
        print(f"{path} is shown at {server.address}\nStop with Ctrl-C.", flush=True)
        if options.open:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: 0 to 65535")
    return int(text)
