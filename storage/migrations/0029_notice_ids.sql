-- WeChat's number of a template message: its event says later whether it arrived.
ALTER TABLE deliveries ADD COLUMN notice_id TEXT NOT NULL DEFAULT '';
