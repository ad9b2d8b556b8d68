//! Writes down what this build is made of, for `daino-pdk doctor`. Never touches the network.

#[path = "build/facts.rs"]
mod facts;

fn main() {
    facts::write();
}
