//! Rules about the source itself.

mod architecture;
mod licences;
mod security_page;
