-- The page of a case shows what was published for it; without this it read every order there is.
CREATE INDEX comment_orders_of_case ON comment_orders (case_number)
WHERE comment_orders.case_number <> '';
