"""`python -m raccordo_ui` is the `raccordo` command."""

import sys

from raccordo_ui.cli import main

sys.exit(main())
