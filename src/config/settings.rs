//! The settings of one run, put together from all places.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use url::Url;

use super::{ConfigError, Credentials, env, file};
use crate::model::PluginSlug;
use crate::model::backup::Retention;
use crate::sys::dirs::Dirs;

/// Where a value came from; later ones win over earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Source {
    /// The user's `config.toml`.
    User,
    /// The project's `daino.toml`.
    Project,
    /// A `DAINO_…` variable.
    Environment,
    /// A flag.
    Flag,
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Value<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub source: Source,
}

/// A registry to talk to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegistryChoice {
    /// Its address, with a final slash.
    pub url: Url,
    /// Its name in the settings, when it has one.
    pub name: Option<String>,
    /// Token for publishing: from the environment, else from `credentials.toml`.
    pub token: Option<String>,
}

/// The settings of one run.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    dirs: Dirs,
    registry: Option<Value<String>>,
    registries: BTreeMap<String, file::RegistryEntry>,
    namespace: Option<Value<String>>,
    key: Option<Value<String>>,
    backups: Option<file::BackupsSection>,
    store: file::StoreSection,
    read_env: fn(&str) -> Option<String>,
    reads_environment: bool,
}

impl Settings {
    /// Reads the user's `config.toml`, the `daino.toml` at or above `dir`, and the environment.
    pub(crate) fn load(dir: &Path) -> Result<Self, ConfigError> {
        Self::load_from(Dirs::find().map_err(ConfigError::Dirs)?, dir, env::read)
    }

    /// The settings of a home of its own: below `home`, with nothing of the environment.
    pub(crate) fn in_home(home: &Path, dir: &Path) -> Result<Self, ConfigError> {
        let settings = Self::load_from(Dirs::below(home), dir, |_| None)?;
        Ok(Self { reads_environment: false, ..settings })
    }

    fn load_from(
        dirs: Dirs,
        dir: &Path,
        read_env: fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let user = file::read(&dirs.config.join("config.toml"))?;
        let project = match file::find_project(dir) {
            Some(path) => file::read(&path)?,
            None => file::File::default(),
        };
        let pick = |user: Option<String>, project: Option<String>, variable: &str| {
            let candidates = [
                (read_env(variable), Source::Environment),
                (project, Source::Project),
                (user, Source::User),
            ];
            candidates
                .into_iter()
                .find_map(|(value, source)| value.map(|value| Value { value, source }))
        };
        // A project comes from anywhere. It may name registries of its own, but neither redirect a
        // name the user has set nor choose which variable of the user's is sent as a token.
        let mut registries = project.registries;
        registries.values_mut().for_each(|entry| entry.token_env = None);
        registries.extend(user.registries);
        Ok(Self {
            registry: pick(user.registry.default, project.registry.default, env::REGISTRY),
            namespace: pick(user.publish.namespace, project.publish.namespace, env::NAMESPACE),
            key: pick(user.publish.key, project.publish.key, env::KEY),
            backups: project.backups.or(user.backups),
            store: file::StoreSection {
                schema: project.store.schema.or(user.store.schema),
                // A right to read and write is not for a project that comes from anywhere to give.
                service_role: user.store.service_role,
            },
            registries,
            dirs,
            read_env,
            reads_environment: true,
        })
    }

    /// The program's directories.
    pub(crate) fn dirs(&self) -> &Dirs {
        &self.dirs
    }

    /// Whether the environment counts: not in a home of its own.
    pub(crate) fn reads_environment(&self) -> bool {
        self.reads_environment
    }

    /// The registry: by flag (URL or name), environment or files.
    pub(crate) fn registry(&self, flag: Option<&str>) -> Result<RegistryChoice, ConfigError> {
        let chosen = match flag.filter(|flag| !flag.is_empty()) {
            Some(flag) => Value { value: flag.to_owned(), source: Source::Flag },
            None => self.registry.clone().ok_or(ConfigError::NoRegistry)?,
        };
        let text = &chosen.value;
        let (name, address, token_env) = if text.contains("://") {
            (None, text.clone(), None)
        } else {
            let entry = self.registries.get(text).ok_or_else(|| self.unknown_registry(text))?;
            (Some(text.clone()), entry.url.clone(), entry.token_env.clone())
        };
        let url = registry_url(&address, &chosen)?;
        let token = match token_env.and_then(|variable| (self.read_env)(&variable)) {
            Some(token) => Some(token),
            None => match (self.read_env)(env::TOKEN) {
                Some(token) => Some(token),
                None => Credentials::read(&self.dirs)?.token(&url),
            },
        };
        Ok(RegistryChoice { url, name, token })
    }

    fn unknown_registry(&self, name: &str) -> ConfigError {
        let known: Vec<&str> = self.registries.keys().map(String::as_str).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        ConfigError::UnknownRegistry { name: name.to_owned(), known }
    }

    /// The namespace to publish under.
    pub(crate) fn namespace(
        &self,
        flag: Option<&str>,
    ) -> Result<Option<Value<PluginSlug>>, ConfigError> {
        slug("the namespace", flag, &self.namespace)
    }

    /// The name of the signing key.
    pub(crate) fn key(&self, flag: Option<&str>) -> Result<Option<Value<PluginSlug>>, ConfigError> {
        slug("the signing key", flag, &self.key)
    }

    /// How many backups are kept: `[backups]` of the project, else of the user.
    pub(crate) fn backups(&self) -> Option<Retention> {
        self.backups.map(|set| Retention {
            keep_last: set.keep_last,
            keep_daily: set.keep_daily,
            keep_weekly: set.keep_weekly,
        })
    }

    /// What a new shop is: the schema by `[store]` of the project, else of the user; the role by the user's
    /// alone.
    pub(crate) fn store(&self) -> file::StoreSection {
        self.store.clone()
    }

    /// Seconds without a byte after which a server is given up.
    pub(crate) fn http_idle(&self) -> Result<Duration, ConfigError> {
        self.seconds(env::HTTP_TIMEOUT, 30)
    }

    /// How long a Git repository may take to arrive.
    pub(crate) fn git_time(&self) -> Result<Duration, ConfigError> {
        self.seconds(env::GIT_TIMEOUT, 300)
    }

    /// The token for a Git server. `api.HOST` gets the one of `HOST`; nobody else does.
    pub(crate) fn git_token(&self, host: &str) -> Option<String> {
        let all = (self.read_env)(env::GIT_TOKEN)?;
        let of = |wanted: &str| {
            let mut pairs = all.split(',').filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(host, _)| host.eq_ignore_ascii_case(wanted)).map(|(_, t)| t.to_owned())
        };
        of(host).or_else(|| of(host.strip_prefix("api.")?)).filter(|token| !token.is_empty())
    }

    fn seconds(&self, variable: &str, otherwise: u64) -> Result<Duration, ConfigError> {
        let Some(text) = (self.read_env)(variable) else {
            return Ok(Duration::from_secs(otherwise));
        };
        match text.parse::<u64>() {
            Ok(seconds @ 1..=3600) => Ok(Duration::from_secs(seconds)),
            _ => Err(ConfigError::Value {
                place: variable.to_owned(),
                value: text,
                problem: "is not a number of seconds from 1 to 3600".to_owned(),
            }),
        }
    }
}

fn slug(
    what: &str,
    flag: Option<&str>,
    set: &Option<Value<String>>,
) -> Result<Option<Value<PluginSlug>>, ConfigError> {
    let flag = flag.filter(|f| !f.is_empty());
    let flag = flag.map(|f| Value { value: f.to_owned(), source: Source::Flag });
    let Some(chosen) = flag.or_else(|| set.clone()) else { return Ok(None) };
    let value = PluginSlug::new(&chosen.value).map_err(|error| ConfigError::Value {
        place: what.to_owned(),
        value: chosen.value.clone(),
        problem: format!("cannot be used: {error}"),
    })?;
    Ok(Some(Value { value, source: chosen.source }))
}

fn registry_url(text: &str, chosen: &Value<String>) -> Result<Url, ConfigError> {
    let wrong = |problem: &str| ConfigError::Value {
        place: "the registry".to_owned(),
        value: chosen.value.clone(),
        problem: problem.to_owned(),
    };
    let mut url = Url::parse(text).map_err(|_| wrong("is not a URL"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong("is not an http or https URL"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("carries a user name or password; use DAINO_TOKEN"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("has a query or a fragment"));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place {
        _root: tempfile::TempDir,
        dirs: Dirs,
        project: std::path::PathBuf,
    }

    fn place(user: &str, project: &str) -> Place {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        let dirs = Dirs { config: path("config"), cache: path("cache"), data: path("data") };
        std::fs::create_dir_all(&dirs.config).unwrap();
        std::fs::create_dir_all(path("project/deep/er")).unwrap();
        std::fs::write(dirs.config.join("config.toml"), user).unwrap();
        std::fs::write(path("project/daino.toml"), project).unwrap();
        Place { project: path("project/deep/er"), dirs, _root: root }
    }

    fn load(place: &Place, read_env: fn(&str) -> Option<String>) -> Result<Settings, ConfigError> {
        Settings::load_from(place.dirs.clone(), &place.project, read_env)
    }

    #[test]
    fn flag_beats_environment_beats_project_beats_user() {
        let place = place(
            "[publish]\nnamespace = \"user\"\nkey = \"mine\"",
            "[publish]\nnamespace = \"project\"",
        );
        let settings = load(&place, |_| None).unwrap();
        let named = settings.namespace(None).unwrap().unwrap();
        assert_eq!((named.value.as_str(), named.source), ("project", Source::Project));
        assert_eq!(settings.key(None).unwrap().unwrap().source, Source::User);
        let settings =
            load(&place, |name| (name == env::NAMESPACE).then(|| "envy".into())).unwrap();
        assert_eq!(settings.namespace(None).unwrap().unwrap().source, Source::Environment);
        let flag = settings.namespace(Some("flag")).unwrap().unwrap();
        assert_eq!((flag.value.as_str(), flag.source), ("flag", Source::Flag));
        assert!(settings.namespace(Some("No Slug")).is_err());
        // A variable that a CI system sets to nothing is no flag.
        assert_eq!(settings.namespace(Some("")).unwrap().unwrap().source, Source::Environment);
        assert!(matches!(settings.registry(Some("")), Err(ConfigError::NoRegistry)));
        assert!(Source::Flag > Source::Environment && Source::Project > Source::User);
    }

    #[test]
    fn a_project_cannot_redirect_a_registry_of_the_user() {
        let user = "[registries.acme]\nurl = \"https://acme.example\"";
        let project =
            "[registry]\ndefault = \"acme\"\n[registries.acme]\nurl = \"https://evil.example\"";
        let settings = load(&place(user, project), |_| None).unwrap();
        assert_eq!(settings.registry(None).unwrap().url.as_str(), "https://acme.example/");
    }

    #[test]
    fn a_registry_is_a_url_or_a_known_name() {
        let settings = load(&place("", ""), |_| None).unwrap();
        assert!(matches!(settings.registry(None), Err(ConfigError::NoRegistry)));
        assert!(matches!(settings.registry(Some("x")), Err(ConfigError::UnknownRegistry { .. })));
        for bad in ["ftp://x", "https://u@x", "https://x?y", "https://x#y", "http://", "file:///x"]
        {
            assert!(settings.registry(Some(bad)).is_err(), "{bad}");
        }
        let url = settings.registry(Some("http://127.0.0.1:8/sub")).unwrap().url;
        assert_eq!(url.as_str(), "http://127.0.0.1:8/sub/");
    }

    #[test]
    fn the_token_comes_from_the_environment() {
        let user = "[registries.a]\nurl = \"https://a.example\"\ntoken-env = \"A_TOKEN\"";
        let place = place(user, "");
        let settings = load(&place, |n| match n {
            "A_TOKEN" => Some("one".into()),
            "DAINO_TOKEN" => Some("two".into()),
            _ => None,
        });
        let settings = settings.unwrap();
        assert_eq!(settings.registry(Some("a")).unwrap().token.as_deref(), Some("one"));
        let other = settings.registry(Some("https://b.example")).unwrap();
        assert_eq!(other.token.as_deref(), Some("two"));
    }

    #[test]
    fn a_git_token_goes_to_its_own_host_only() {
        let place = place("", "");
        let settings = load(&place, |n| {
            (n == "DAINO_GIT_TOKEN").then(|| "github.com=one, git.example=two".into())
        });
        let settings = settings.unwrap();
        let token = |host| settings.git_token(host);
        assert_eq!(token("github.com").as_deref(), Some("one"));
        assert_eq!(token("api.github.com").as_deref(), Some("one"));
        assert_eq!(token("GIT.example").as_deref(), Some("two"));
        assert_eq!(token("evil.github.com.example"), None);
        assert_eq!(token("x.git.example"), None);
    }

    #[test]
    fn a_project_cannot_choose_what_is_sent_as_a_token() {
        let project =
            "[registries.evil]\nurl = \"https://evil.example\"\ntoken-env = \"CLOUD_SECRET\"";
        let place = place("", project);
        let settings = load(&place, |n| (n == "CLOUD_SECRET").then(|| "secret".into())).unwrap();
        assert_eq!(settings.registry(Some("evil")).unwrap().token, None);
    }
}
