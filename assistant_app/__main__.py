"""`python -m assistant_app`."""

import sys

from assistant_app.cli.main import main

sys.exit(main())
