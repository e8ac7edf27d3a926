"""What a file is, from its first bytes."""

import pytest

from ecodash.ingest.sniff import Kind, sniff


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", Kind.EMPTY),
        (b"\xef\xbb\xbf \r\n", Kind.EMPTY),
        (b"PK\x03\x04...", Kind.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
        (b"PAR1abcd", Kind.PARQUET),
        (b"\x1f\x8b\x08", Kind.GZIP),
        (b"%PDF-1.7", Kind.OTHER),
        (b'{"a": 1}', Kind.OTHER),
        (b'[{"a": 1}]', Kind.OTHER),
        (b"\r\n <TABLE border=1>", Kind.HTML),
        ("<html>".encode("utf-16"), Kind.HTML),
        (b"<?xml version='1.0'?><html><table>", Kind.HTML),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>", Kind.XML),
        (b"a,b\n1,2", Kind.TEXT),
        (b"<5 pieces,b\n1,2", Kind.TEXT),
        (b"[note],b\n1,2", Kind.TEXT),
        ("订单编号".encode("gbk"), Kind.TEXT),
    ],
)
def test_the_first_bytes_decide(head: bytes, kind: Kind) -> None:
    assert sniff(head) is kind
