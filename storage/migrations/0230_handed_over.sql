-- Cases that are with a substitute are looked for in every round of the watch.
CREATE INDEX case_events_handed_over ON case_events (case_number, version)
    WHERE case_events.step = 'hand_over';
