//! Databases for plugin tests.

#[cfg(test)]
mod tests {
    use crate::model::event::Silent;
    use crate::store::*;

    #[tokio::test]
    async fn smoke() {
        let temp = tempfile::Builder::new().tempdir().unwrap();
        crate::sys::account::set_mode(temp.path(), 0o711).unwrap();
        let place = ShopPlace { dir: temp.path().join(".daino"), url: None, offline: false };
        let options = InitOptions {
            name: "Bottega".into(),
            currency: "EUR".into(),
            timezone: "Europe/Rome".into(),
            sample_data: true,
        };
        let t = std::time::Instant::now();
        let shop = Shop::init(&place, &options, &Silent).await.unwrap();
        eprintln!("init {:?}", t.elapsed());
        let n: i64 = shop
            .admin()
            .await
            .unwrap()
            .query_one("SELECT count(*) FROM sales_orders", &[])
            .await
            .unwrap()
            .get(0);
        assert_eq!(n, 60);
        let t = std::time::Instant::now();
        shop.close(&Silent).await;
        eprintln!("close {:?}", t.elapsed());
        let t = std::time::Instant::now();
        let shop = Shop::open(&place, &Silent).await.unwrap();
        eprintln!("open {:?}", t.elapsed());
        shop.close(&Silent).await;
    }
}
