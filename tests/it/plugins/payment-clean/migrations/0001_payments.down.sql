DROP TABLE IF EXISTS paywell_payments;
