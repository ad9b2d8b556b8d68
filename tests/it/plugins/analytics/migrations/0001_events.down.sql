DROP TABLE IF EXISTS insight_events;
