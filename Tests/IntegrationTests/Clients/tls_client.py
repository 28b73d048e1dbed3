"""Speaks TLS to a port, as a client with the wrong security protocol would."""

import socket
import ssl

import command_loop


class TLSClient:
    def handshake(self, port, timeout=10):
        """Answers how the attempt ended: "completed", "closed" by the other side, or "no answer" in time."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", port), timeout=timeout) as plain:
            try:
                with context.wrap_socket(plain):
                    return "completed"
            except TimeoutError:
                return "no answer"
            except (ssl.SSLError, ConnectionError, OSError):
                return "closed"


if __name__ == "__main__":
    command_loop.run(TLSClient())
