-- Reports ask for the cases received in a period.
CREATE INDEX cases_by_receipt ON cases (received_at);
