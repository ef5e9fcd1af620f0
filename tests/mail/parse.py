"""What a mail says, as Python's email package reads it: JSON on standard output.

    python parse.py FILE
"""

import email
import json
import sys
from email import policy
from email.header import decode_header, make_header
from email.utils import getaddresses

with open(sys.argv[1], "rb") as file:
    raw = file.read()
message = email.message_from_bytes(raw, policy=policy.default)
legacy = email.message_from_bytes(raw)


def old_name(part):
    """The name as a client shows it that knows no RFC 2231."""
    name = part.get_param("name")
    if not isinstance(name, str):
        return None
    return str(make_header(decode_header(name.replace("\r\n", "").replace("\n", ""))))


parts = []
for part, old in zip(message.walk(), legacy.walk()):
    told = {
        "type": part.get_content_type(),
        "charset": part.get_content_charset(),
        "disposition": part.get_content_disposition(),
        "filename": part.get_filename(),
        "old_name": old_name(old),
        "defects": [type(defect).__name__ for defect in part.defects],
    }
    if not part.is_multipart():
        told["bytes"] = part.get_payload(decode=True).hex()
    if part.get_content_maintype() == "text" and part.get_content_disposition() is None:
        told["text"] = part.get_content()
    parts.append(told)


def boxes(header):
    # By the older parser: the newer one of Python 3.11 puts a space between the encoded words of a
    # long name, which RFC 2047 (6.2) forbids.
    boxes = getaddresses([legacy[header]])
    return [[str(make_header(decode_header(name))), address] for name, address in boxes]


json.dump(
    {
        "headers": sorted(name.lower() for name in message.keys()),
        "subject": message["subject"],
        "from": boxes("from"),
        "to": boxes("to"),
        "reply_to": boxes("reply-to"),
        "date": message["date"].datetime.isoformat(),
        "message_id": message["message-id"],
        "auto": message["auto-submitted"],
        "defects": [str(defect) for name in message.keys() for defect in message[name].defects],
        "parts": parts,
    },
    sys.stdout,
)
