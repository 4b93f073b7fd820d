"""Words for what is recorded of documents. Templates are dated rules: `core.region_rules.REGION_RULE`."""

from povertyaudit.core.workflow import Workflow

DOCUMENT = Workflow("document", "文书", (), others={"make": "生成文书", "open": "下载文书"})
