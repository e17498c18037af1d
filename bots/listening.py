"""Open the socket that a server of this process takes its connections from."""

import socket

BACKLOG = 512  # connections that wait until they are taken


def listen(host: str, port: int) -> socket.socket:
    """Return a socket whose queue takes connections from now on; port 0 picks a free one.

    Raises OSError where the address is taken or is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol's name asyncio leaves Nagle's algorithm on: 40 ms more for each answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
