//! Writes down what this build is made of, for `daino-pdk doctor`. Never touches the network.

#[path = "build/facts.rs"]
mod facts;
#[path = "build/postgres.rs"]
mod postgres;

fn main() {
    facts::write();
    postgres::write();
}
