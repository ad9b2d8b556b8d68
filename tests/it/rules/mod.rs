//! Rules about the source itself.

mod architecture;
mod licences;
mod links;
mod security_page;
