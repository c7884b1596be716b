"""Says hello, and with which Python."""

import platform

print(f"Hello from Python {platform.python_version()} on {platform.system()}")
