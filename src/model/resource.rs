//! (to be written: shop resources, the tables they stand for, and what is never grantable)
