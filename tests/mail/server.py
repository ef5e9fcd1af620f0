"""A mail server for tests, on loopback, that also misbehaves.

    python server.py --folder FOLDER [--port N] [--tls none|starttls|tls] [--cert PEM --key PEM]
                     [--user NAME --password WORD] [--mode FILE]

Prints `ready PORT` once it listens, and ends when its standard input does, so that it never outlives
the test that holds the other end of that pipe. Every message it accepts is written as FOLDER/NNNN.eml with its
envelope beside it as FOLDER/NNNN.json, before the answer is given. Every command it is given is one
line of FOLDER/log.txt: connection, command and, for AUTH, no secret.

The file of --mode is read anew for each connection and each message; one word a line:

    ok                    (or no such file) a good server
    slow SECONDS          waits before the answer to each RCPT
    refuse-connection     421 instead of a greeting
    421                   421 in answer to MAIL, and closes
    drop-mail             closes without a word at MAIL
    drop-data             closes in the middle of DATA
    drop-after-data       takes the whole message, keeps it, closes without an answer
    keep-silent           takes the whole message, keeps it, never answers
    450 / 452             in answer to each RCPT
    451-data              in answer to the message
    552                   in answer to the message
    550 ADDRESS           in answer to RCPT of that address
    550-sender            in answer to MAIL
    silent-quit           never answers QUIT
    one-mail              closes after one message on each connection
"""

import argparse
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Modes:
    """What the server is to do just now."""

    def __init__(self, path):
        self.path = path

    def read(self):
        if not self.path or not os.path.exists(self.path):
            return {}
        modes = {}
        with open(self.path, encoding="utf-8") as file:
            for line in file:
                words = line.split()
                if words:
                    modes.setdefault(words[0], []).append(" ".join(words[1:]))
        return modes


class Handler:
    """Keeps what it is given."""

    def __init__(self, folder, modes):
        self.folder = folder
        self.modes = modes
        self.connections = 0

    def log(self, words):
        with open(os.path.join(self.folder, "log.txt"), "a", encoding="utf-8") as file:
            file.write(words + "\n")

    def keep(self, envelope):
        number = sum(1 for name in os.listdir(self.folder) if name.endswith(".eml")) + 1
        base = os.path.join(self.folder, f"{number:04}")
        with open(base + ".json", "w", encoding="utf-8") as file:
            told = {"from": envelope.mail_from, "to": envelope.rcpt_tos}
            json.dump(told, file, ensure_ascii=False)
        # Written beside and renamed, so that whoever counts the files sees whole ones.
        with open(base + ".part", "wb") as file:
            file.write(envelope.content)
            file.flush()
            os.fsync(file.fileno())
        os.rename(base + ".part", base + ".eml")

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.log(f"{session.peer[1]} MAIL {address}")
        modes = self.modes.read()
        if "drop-mail" in modes:
            server.transport.abort()
            return "451 never sent"
        if "421" in modes:
            server.transport.write(b"421 4.3.2 closing\r\n")
            server.transport.close()
            return "421 closing"
        if "550-sender" in modes:
            return "550 5.7.1 sender refused"
        if "one-mail" in modes and getattr(session, "had_one", False):
            server.transport.abort()
            return "421 enough"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.log(f"{session.peer[1]} RCPT {address}")
        modes = self.modes.read()
        if "slow" in modes:
            await asyncio.sleep(float(modes["slow"][0]))
        if address in modes.get("550", []):
            return "550 5.1.1 <%s>: no such user" % address
        if "450" in modes:
            return "450 4.2.0 greylisted"
        if "452" in modes:
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        modes = self.modes.read()
        if "451-data" in modes:
            return "451 4.3.0 try again"
        if "552" in modes:
            return "552 5.3.4 message too big"
        self.keep(envelope)
        session.had_one = True
        self.log(f"{session.peer[1]} TAKEN {','.join(envelope.rcpt_tos)}")
        if "drop-after-data" in modes:
            server.transport.abort()
            return "451 never sent"
        if "keep-silent" in modes:
            await asyncio.sleep(3600)
        return "250 2.0.0 queued"

    async def handle_QUIT(self, server, session, envelope):
        self.log(f"{session.peer[1]} QUIT")
        if "silent-quit" in self.modes.read():
            await asyncio.sleep(3600)
        return "221 bye"


class Misbehaving(SMTP):
    """A server that may hang up where no handler is asked."""

    async def smtp_DATA(self, arg):
        if "drop-data" in self.event_handler.modes.read():
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def _handle_client(self):
        handler = self.event_handler
        handler.connections += 1
        if "refuse-connection" in handler.modes.read():
            self.transport.write(b"421 4.3.2 not now\r\n")
            self.transport.close()
            return
        await super()._handle_client()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["none", "starttls", "tls"], default="none")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--mode")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    handler = Handler(options.folder, Modes(options.mode))
    context = None
    if options.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)

    def authenticate(server, session, envelope, mechanism, data):
        sound = (
            isinstance(data, LoginPassword)
            and data.login.decode() == options.user
            and data.password.decode() == options.password
        )
        handler.log(f"{session.peer[1]} AUTH {mechanism} {'ok' if sound else 'wrong'}")
        # Not handled: the server itself is to say 535.
        return AuthResult(success=sound, handled=False)

    def server():
        return Misbehaving(
            handler,
            hostname="test.example.org",
            tls_context=context if options.tls == "starttls" else None,
            require_starttls=options.tls == "starttls",
            authenticator=authenticate if options.user else None,
            auth_required=bool(options.user),
            auth_require_tls=options.tls == "starttls",
            data_size_limit=64_000_000,
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    # A client that closes badly is what this server is for.
    loop.set_exception_handler(lambda loop, context: None)
    listening = loop.run_until_complete(
        loop.create_server(
            server,
            "127.0.0.1",
            options.port,
            ssl=context if options.tls == "tls" else None,
        )
    )
    port = listening.sockets[0].getsockname()[1]
    sys.stdout.write(f"ready {port}\n")
    sys.stdout.flush()
    # Ends with its parent, whose end of this pipe closes however it dies.
    loop.run_in_executor(None, lambda: (sys.stdin.buffer.read(), os._exit(0)))
    loop.run_forever()


if __name__ == "__main__":
    main()
