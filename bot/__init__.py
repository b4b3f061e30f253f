"""The running service: configuration, the gateway to WeChat, and the one place that joins all."""
