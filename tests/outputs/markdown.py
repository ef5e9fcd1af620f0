"""Renders Markdown as GitHub does and prints what tags and how many rows there are: markdown.py FILE"""

import sys
from collections import Counter
from html.parser import HTMLParser

from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

with open(sys.argv[1], encoding="utf-8") as file:
    page = github_flavored_markdown_to_html(file.read(), Options.CMARK_OPT_UNSAFE)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.count = Counter()

    def handle_starttag(self, tag, attributes):
        self.count[tag] += 1


tags = Tags()
tags.feed(page)
for tag, count in sorted(tags.count.items()):
    print(tag, count)
