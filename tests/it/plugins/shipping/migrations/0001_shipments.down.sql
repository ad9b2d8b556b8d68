DROP TABLE IF EXISTS parcelo_shipments;
