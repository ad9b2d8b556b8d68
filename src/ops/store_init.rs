//! Makes a shop.

use std::path::PathBuf;

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, Observer};
use crate::store::{InitOptions, Origin, Schemas, Shop, ShopPlace, postgres_here};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&OPTION];

static OPTION: ErrorCode = ErrorCode {
    id: "store.option",
    exit: ExitCode::Usage,
    meaning: "The name, currency or time zone of the new shop cannot be used.",
    remedy: "Give a name of 1 to 255 characters, an ISO 4217 currency such as EUR, and an IANA time zone such as Europe/Rome.",
};

/// What to make, and where.
#[derive(Debug)]
pub(crate) struct StoreInitRequest {
    /// Where.
    pub place: ShopPlace,
    /// Name of the shop.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA time zone.
    pub timezone: String,
    /// Whether it gets sample data.
    pub sample_data: bool,
    /// Schema of its tables; `public`.
    pub schema: Option<String>,
    /// Role of the shop's application.
    pub service_role: Option<String>,
    /// Look, and make nothing.
    pub dry_run: bool,
}

/// What was made.
#[derive(Debug, Serialize)]
pub(crate) struct StoreInitOutcome {
    /// Id of the shop; absent in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<uuid::Uuid>,
    /// Its directory.
    pub dir: PathBuf,
    /// Its name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA time zone.
    pub timezone: String,
    /// Which PostgreSQL, in words.
    pub database: String,
    /// Schema of its tables.
    pub schema: String,
    /// Role of the shop's application, when it was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_role: Option<String>,
    /// Whether it has sample data.
    pub sample_data: bool,
    /// Whether it was made.
    pub made: bool,
}

/// Makes a shop; its server is stopped again.
pub(crate) async fn store_init(
    request: StoreInitRequest,
    observer: &dyn Observer,
) -> Result<StoreInitOutcome, Failure> {
    let options = options(&request)?;
    let mut outcome = StoreInitOutcome {
        id: None,
        dir: request.place.dir.clone(),
        name: options.name.clone(),
        currency: options.currency.clone(),
        timezone: options.timezone.clone(),
        database: String::new(),
        schema: options.schemas.shop().to_owned(),
        service_role: options.schemas.service_role().map(str::to_owned),
        sample_data: options.sample_data,
        made: false,
    };
    if request.dry_run {
        Shop::require_none(&request.place)?;
        outcome.database = planned_database(&request.place);
        return Ok(outcome);
    }
    let shop = Shop::init(&request.place, &options, observer).await?;
    outcome.id = Some(shop.info().id);
    outcome.database = shop.database_in_words();
    outcome.made = true;
    shop.close(observer).await;
    Ok(outcome)
}

fn options(request: &StoreInitRequest) -> Result<InitOptions, Failure> {
    let wrong = |message: String| Err(Failure::new(&OPTION, message));
    let name = request.name.trim();
    if !(1..=255).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return wrong("the name of a shop has 1 to 255 characters".to_owned());
    }
    let currency = request.currency.to_ascii_uppercase();
    if !crate::project::is_currency(&currency) {
        return wrong(format!("`{}` is not a currency of ISO 4217", request.currency));
    }
    if jiff::tz::TimeZone::get(&request.timezone).is_err() {
        return wrong(format!("`{}` is not a time zone", request.timezone));
    }
    Ok(InitOptions {
        name: name.to_owned(),
        currency,
        timezone: request.timezone.clone(),
        sample_data: request.sample_data,
        schemas: Schemas::new(request.schema.as_deref(), request.service_role.as_deref())?,
    })
}

/// What a shop made now would use.
fn planned_database(place: &ShopPlace) -> String {
    if place.url.is_some() {
        return "the server given with `--database-url`".to_owned();
    }
    match postgres_here(place.offline) {
        Ok(Some((origin, version, dir))) => {
            format!("private PostgreSQL {version}, {} ({})", words(origin), dir.display())
        }
        Ok(None) => "private PostgreSQL, to be fetched (24 MB, once)".to_owned(),
        Err(reasons) => format!("none: {}", reasons.join("; ")),
    }
}

/// Where a PostgreSQL came from, in words.
pub(crate) fn words(origin: Origin) -> &'static str {
    match origin {
        Origin::Embedded => "part of this program",
        Origin::Cached => "fetched into the cache",
        Origin::System => "installed on this machine",
    }
}
