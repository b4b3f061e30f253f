"""Who answers, and by when: cases, departments, the work calendar and deadlines."""
