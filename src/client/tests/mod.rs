//! The client against registries that misbehave.
