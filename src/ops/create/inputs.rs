//! Gathers what a new plugin needs: flags first, then the answers file, then questions, then
//! defaults. Without anybody to ask, everything missing is listed at once.

use std::collections::BTreeMap;

use super::CreateRequest;
use super::answers::{self, ANSWERS, FileAnswer};
use crate::error::{ErrorCode, Failure};
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, AskError, ExitCode, PluginSlug, PluginType, Question};
use crate::project::nearest;
use crate::sys::repository;
use crate::template::{Language, TemplateOption, Values, options};

pub(super) static NAME: ErrorCode = ErrorCode {
    id: "create.name",
    exit: ExitCode::Usage,
    meaning: "The name cannot be a plugin's name: the host could not address it, or reads it as something else.",
    remedy: "Use lower-case letters, digits and single hyphens, starting with a letter.",
};
pub(super) static MISSING: ErrorCode = ErrorCode {
    id: "create.input-needed",
    exit: ExitCode::InputNeeded,
    meaning: "Something needed for a new plugin was not given, and nobody can be asked.",
    remedy: "Give the flags the message lists; `-y` takes defaults where there are any.",
};
pub(super) static VALUE: ErrorCode = ErrorCode {
    id: "create.value",
    exit: ExitCode::Usage,
    meaning: "A value for the new plugin is not known or not acceptable.",
    remedy: "Use one of the values or keys the message lists.",
};
pub(super) static NOT_ANSWERED: ErrorCode = ErrorCode {
    id: "create.not-answered",
    exit: ExitCode::Interrupted,
    meaning: "A question was left unanswered. Nothing was written.",
    remedy: "Run the command again, or give the values as flags.",
};

/// Everything decided.
pub(super) struct Inputs {
    /// Template.
    pub template: PluginType,
    /// Language.
    pub language: Language,
    /// Slug and options.
    pub values: Values,
}

const FILE_KEYS: [&str; 3] = ["slug", "template", "lang"];

/// Decides everything, or says what is missing or wrong.
pub(super) fn gather(request: &CreateRequest, ask: &dyn Ask) -> Result<Inputs, Failure> {
    let mut file = match &request.answers {
        Some(path) => answers::read(&request.base.join(path))?,
        None => BTreeMap::new(),
    };
    let mut given = |flag: &Option<String>, key: &str| {
        let from_file = file.remove(key).map(|a| a.value);
        flag.clone().or(from_file)
    };
    let slug = given(&request.slug, "slug");
    let template = given(&request.template, "template");
    let language = given(&request.language, "lang");
    // What was said wrongly is told before anything is asked.
    let slug = slug.as_deref().map(parse_slug).transpose()?;
    let template = template.as_deref().map(parse_template).transpose()?;
    let language = language.as_deref().map(parse_language).transpose()?;
    let asks = ask.is_interactive() && !request.accept_defaults;
    if !ask.is_interactive() {
        refuse_missing(
            slug.is_none(),
            template.is_none(),
            language.is_none() && !request.accept_defaults,
        )?;
    }
    let slug = match slug {
        Some(slug) => slug,
        None => ask_slug(ask)?,
    };
    let template = match template {
        Some(template) => template,
        None => ask_template(ask)?,
    };
    let language = match language {
        Some(language) => language,
        None if request.accept_defaults => Language::JavaScript,
        None => ask_language(ask)?,
    };
    let options = gather_options(request, template, &slug, file, asks.then_some(ask))?;
    Ok(Inputs { template, language, values: Values { slug, options } })
}

fn refuse_missing(slug: bool, template: bool, language: bool) -> Result<(), Failure> {
    let missing: Vec<(&str, String)> = [
        (slug, "the name", "NAME".to_owned()),
        (template, "the template", format!("--template {}", template_names().join("|"))),
        (language, "the language", "--lang js|ts".to_owned()),
    ]
    .into_iter()
    .filter(|(is_missing, ..)| *is_missing)
    .map(|(_, what, flag)| (what, flag))
    .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list: Vec<String> =
        missing.iter().map(|(what, flag)| format!("{what} (`{flag}`)")).collect();
    let message =
        format!("input is needed and there is no terminal to ask on: {}", list.join(", "));
    let example = "for example: `daino-pdk create my-plugin --template payment-gateway --lang js`";
    Err(Failure::new(&MISSING, message).hint(example))
}

fn gather_options(
    request: &CreateRequest,
    template: PluginType,
    slug: &PluginSlug,
    file: BTreeMap<String, FileAnswer>,
    ask: Option<&dyn Ask>,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for (key, FileAnswer { value, line }) in file {
        let place = format!("the answers file, line {line}");
        check_option(template, &key, &value, &place).map_err(|(message, hint)| {
            hint.into_iter().fold(Failure::new(&ANSWERS, message), Failure::hint)
        })?;
        values.insert(key, value);
    }
    for (key, value) in &request.set {
        check_option(template, key, value, "`--set`").map_err(|(message, hint)| {
            hint.into_iter().fold(Failure::new(&VALUE, message), Failure::hint)
        })?;
        values.insert(key.clone(), value.clone());
    }
    for option in options(template) {
        if values.contains_key(option.key) {
            continue;
        }
        let default = default(option, template, slug);
        let asked = matches!(option.key, "description" | "author");
        let value = match ask {
            Some(ask) if asked => {
                let (question, flag) = match option.key {
                    "author" => ("Author", "--set author=TEXT"),
                    _ => ("Description", "--set description=TEXT"),
                };
                let answer = text(ask, option.key, question, flag, Some(default))?;
                check_option(template, option.key, &answer, "the answer")
                    .map_err(|(message, _)| Failure::new(&VALUE, message))?;
                answer
            }
            _ => default,
        };
        values.insert(option.key.to_owned(), value);
    }
    Ok(values)
}

/// Whether the key is known to the template and the value fits; else a message and a hint.
fn check_option(
    template: PluginType,
    key: &str,
    value: &str,
    place: &str,
) -> Result<(), (String, Option<String>)> {
    let Some(option) = options(template).find(|o| o.key == key) else {
        let mut keys: Vec<&str> = options(template).map(|o| o.key).collect();
        if place != "`--set`" {
            keys.splice(0..0, FILE_KEYS);
        }
        let shown: String = key.chars().take(80).flat_map(char::escape_debug).collect();
        let message = format!(
            "{place}: `{shown}` is not a key of the template `{}`; known: {}",
            template.as_str(),
            keys.join(", ")
        );
        return Err((message, nearest(key, keys).map(|k| format!("did you mean `{k}`?"))));
    };
    match option.fault(value) {
        None => Ok(()),
        Some(reason) => {
            let shown: String = value.chars().take(80).flat_map(char::escape_debug).collect();
            Err((
                format!("{place}: `{key}` cannot be `{shown}`: {reason}"),
                Some(format!("`{key}` is {}", option.about)),
            ))
        }
    }
}

fn default(option: &TemplateOption, template: PluginType, slug: &PluginSlug) -> String {
    match option.key {
        "name" => title(slug),
        "description" => match template {
            PluginType::PaymentGateway => {
                "Takes card payments, refunds them and follows the provider's webhooks."
            }
            PluginType::Analytics => {
                "Counts page views, product views and orders, without personal data."
            }
            PluginType::Shipping => {
                "Quotes shipping rates by zone and weight and books parcels with the carrier."
            }
            PluginType::Custom => "Counts the orders of each day.",
        }
        .to_owned(),
        "author" => repository::user_name().unwrap_or_else(|| title(slug) + " authors"),
        _ => option.default.to_owned(),
    }
}

/// `acme-pay` as `Acme Pay`.
fn title(slug: &PluginSlug) -> String {
    let words = slug.as_str().split('-').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|c| c.to_ascii_uppercase())
            .into_iter()
            .chain(letters)
            .collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

fn parse_slug(text: &str) -> Result<PluginSlug, Failure> {
    PluginSlug::new(text).map_err(|error| {
        let failure = Failure::new(&NAME, error.to_string());
        match PluginSlug::suggest(text) {
            Some(meant) => {
                failure.hint(format!("use `{meant}`; `--set name=\"…\"` sets the name people read"))
            }
            None => failure.hint("use a name such as `acme-pay`"),
        }
    })
}

fn template_names() -> Vec<&'static str> {
    PluginType::ALL.iter().map(|t| t.as_str()).collect()
}

fn parse_template(text: &str) -> Result<PluginType, Failure> {
    if let Some(kind) = PluginType::ALL.into_iter().find(|kind| kind.as_str() == text) {
        return Ok(kind);
    }
    let shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
    let names = template_names();
    let message = format!("there is no template `{shown}`; known: {}", names.join(", "));
    let meant = names
        .iter()
        .find(|n| text.len() > 2 && n.starts_with(text))
        .copied()
        .or(nearest(text, names));
    let failure = Failure::new(&VALUE, message);
    Err(match meant {
        Some(meant) => failure.hint(format!("did you mean `--template {meant}`?")),
        None => failure,
    })
}

fn parse_language(text: &str) -> Result<Language, Failure> {
    Language::parse(text).ok_or_else(|| {
        let shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
        Failure::new(&VALUE, format!("there is no language `{shown}`; known: js, ts"))
    })
}

fn text(
    ask: &dyn Ask,
    id: &'static str,
    words: &str,
    flag: &'static str,
    default: Option<String>,
) -> Result<String, Failure> {
    let question =
        Question { id, text: words.to_owned(), flag, kind: QuestionKind::Text { default } };
    match ask.ask(&question) {
        Ok(Answer::Text(text)) => Ok(text.trim().to_owned()),
        Ok(_) => Err(unanswered(words, AskError::Closed)),
        Err(error) => Err(unanswered(words, error)),
    }
}

fn choose(ask: &dyn Ask, question: Question) -> Result<usize, Failure> {
    match ask.ask(&question) {
        Ok(Answer::Chosen(index)) => Ok(index),
        Ok(_) => Err(unanswered(&question.text, AskError::Closed)),
        Err(error) => Err(unanswered(&question.text, error)),
    }
}

fn unanswered(words: &str, error: AskError) -> Failure {
    let code = match error {
        AskError::NoTerminal => &MISSING,
        AskError::Closed => &NOT_ANSWERED,
    };
    Failure::new(code, format!("`{words}` was not answered")).hint("nothing was written")
}

/// Asks until the name is one, at most three times.
fn ask_slug(ask: &dyn Ask) -> Result<PluginSlug, Failure> {
    let mut default = None;
    let mut words = "Name of the plugin".to_owned();
    for _ in 0..2 {
        let answer = text(ask, "slug", &words, "NAME", default)?;
        match PluginSlug::new(&answer) {
            Ok(slug) => return Ok(slug),
            Err(error) => {
                default = PluginSlug::suggest(&answer).map(|s| s.to_string());
                words = format!("{error}. Another name");
            }
        }
    }
    parse_slug(&text(ask, "slug", &words, "NAME", default)?)
}

fn ask_template(ask: &dyn Ask) -> Result<PluginType, Failure> {
    let options = template_names().into_iter().map(str::to_owned).collect();
    let kind = QuestionKind::Choice { options, default: 0 };
    let question =
        Question { id: "template", text: "Template".to_owned(), flag: "--template NAME", kind };
    let chosen = choose(ask, question)?;
    PluginType::ALL.get(chosen).copied().ok_or_else(|| unanswered("Template", AskError::Closed))
}

fn ask_language(ask: &dyn Ask) -> Result<Language, Failure> {
    let options = vec!["JavaScript".to_owned(), "TypeScript".to_owned()];
    let kind = QuestionKind::Choice { options, default: 0 };
    let question = Question { id: "lang", text: "Language".to_owned(), flag: "--lang js|ts", kind };
    let chosen = choose(ask, question)?;
    Language::ALL.get(chosen).copied().ok_or_else(|| unanswered("Language", AskError::Closed))
}
