//! Removes a plugin from a shop, after showing what there is and asking what goes.
//!
//! Who cannot be asked keeps everything; the end of the input changes nothing.

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::operation::Recovered;
use crate::model::question::QuestionKind;
use crate::model::uninstall_plan::{Cleanup, UninstallChoices, UninstallPlan, UninstallReport};
use crate::model::{Answer, Ask, AskError, ExitCode, Observer, PluginSlug, Question};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::ops::together::not_done;
use crate::store::Shop;
use crate::store::lifecycle::{self, Change, Done, Step, records};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NEEDED, &DECLINED, &NOT_ANSWERED, &CHANGED];

static NEEDED: ErrorCode = ErrorCode {
    id: "uninstall.input-needed",
    exit: ExitCode::InputNeeded,
    meaning: "Data would be lost for good, because there is to be no backup, and nobody can be asked. Nothing was changed.",
    remedy: "Leave `--no-backup` out, or confirm with `--confirm SLUG`.",
};
static DECLINED: ErrorCode = ErrorCode {
    id: "uninstall.declined",
    exit: ExitCode::Policy,
    meaning: "The uninstallation was not confirmed. Nothing was changed.",
    remedy: "Nothing needs to be done.",
};
static NOT_ANSWERED: ErrorCode = ErrorCode {
    id: "uninstall.not-answered",
    exit: ExitCode::Interrupted,
    meaning: "A question was left unanswered. Nothing was changed.",
    remedy: "Run the command again, or give the answers as flags.",
};
static CHANGED: ErrorCode = ErrorCode {
    id: "uninstall.plan-changed",
    exit: ExitCode::Policy,
    meaning: "Somebody changed the shop while the questions were answered. Nothing was removed.",
    remedy: "Run the command again to see what there is now.",
};

/// What to remove.
#[derive(Debug, Clone)]
pub(crate) struct UninstallRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The plugin.
    pub slug: PluginSlug,
    /// What happens to its store, settings and secrets.
    pub cleanup_data: Cleanup,
    /// What happens to its tables.
    pub cleanup_tables: Cleanup,
    /// Whether a verified backup comes first.
    pub create_backup: bool,
    /// Whether its code goes.
    pub remove_code: bool,
    /// Go on although others need it.
    pub force: bool,
    /// Uninstall those that need it, too, and before it.
    pub cascade: bool,
    /// The slugs once more, for what cannot come back.
    pub confirm: Vec<String>,
    /// Do not ask whether to go on.
    pub accept_defaults: bool,
    /// Show the plan, and change nothing.
    pub dry_run: bool,
}

/// What was removed, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct UninstallOutcome {
    /// What was there.
    pub plan: UninstallPlan,
    /// What was decided; `None` when only the plan was asked for.
    pub report: Option<UninstallReport>,
    /// Plugins that need it and went with it, in the order in which they went.
    pub cascade: Vec<CascadedPlugin>,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// A plugin that goes because it needs another one.
#[derive(Debug, Serialize)]
pub(crate) struct CascadedPlugin {
    /// What was there.
    pub plan: UninstallPlan,
    /// What was decided; `None` when only the plan was asked for.
    pub report: Option<UninstallReport>,
}

/// Uninstalls. `present` shows the plan to whoever is asked.
pub(crate) async fn uninstall(
    request: UninstallRequest,
    present: &dyn Fn(&UninstallPlan),
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<UninstallOutcome, Failure> {
    let place = request.place.clone();
    in_shop(&place, observer, async |shop| {
        let (plans, recovered) = plans(shop, &request, observer).await?;
        if request.dry_run {
            let all = plans.into_iter().map(|plan| CascadedPlugin { plan, report: None });
            return outcome(all.collect(), recovered);
        }
        let mut decided = Vec::new();
        for plan in &plans {
            present(plan);
            // What is refused is refused before anybody answers questions.
            let certain = UninstallChoices {
                remove_tables: request.cleanup_tables == Cleanup::Remove,
                ..choices(&request, false, false)
            };
            lifecycle::refuse(plan, &certain)?;
        }
        for plan in &plans {
            let one = UninstallRequest { slug: plan.slug.clone(), ..request.clone() };
            decided.push(decide(&one, plan, ask, observer)?);
        }
        let reports = remove(shop, &plans, decided, observer).await?;
        let each = plans.into_iter().zip(reports);
        let done = each.map(|(plan, report)| CascadedPlugin { plan, report: Some(report) });
        outcome(done.collect(), recovered)
    })
    .await
}

/// The plans of everything that goes: what needs others before them, the one that was asked for last.
async fn plans(
    shop: &Shop,
    request: &UninstallRequest,
    observer: &dyn Observer,
) -> Result<(Vec<UninstallPlan>, Vec<Recovered>), Failure> {
    let change = Change::open(shop, observer).await?;
    let mut slugs = vec![request.slug.clone()];
    if request.cascade {
        let plugins = records::all(change.client()).await?;
        slugs = lifecycle::with_dependents(&plugins, &request.slug);
    }
    let plans = plan_together(&change, &slugs).await?;
    Ok((plans, change.recovered))
}

/// Plans of plugins that go together: none of them is in the way of another.
async fn plan_together(
    change: &Change<'_>,
    slugs: &[PluginSlug],
) -> Result<Vec<UninstallPlan>, Failure> {
    let mut plans = Vec::new();
    for slug in slugs {
        let mut plan = lifecycle::plan_uninstall(change, slug).await?;
        plan.dependents.retain(|dependent| !slugs.contains(dependent));
        plans.push(plan);
    }
    Ok(plans)
}

/// Removes all of them or none; none when one is not what was shown any more.
async fn remove(
    shop: &Shop,
    plans: &[UninstallPlan],
    decided: Vec<UninstallChoices>,
    observer: &dyn Observer,
) -> Result<Vec<UninstallReport>, Failure> {
    let log = PluginLog::new();
    let done = async {
        let mut change = Change::open(shop, observer).await?;
        let slugs: Vec<PluginSlug> = plans.iter().map(|plan| plan.slug.clone()).collect();
        let now = plan_together(&change, &slugs).await?;
        if !now.iter().zip(plans).all(|(now, shown)| is_same(now, shown)) {
            return Err(Failure::new(&CHANGED, "the shop changed meanwhile")
                .hint("run the command again to see what there is now"));
        }
        let steps = now.into_iter().zip(decided);
        let steps: Vec<Step> =
            steps.map(|(plan, choices)| Step::Uninstall(Box::new(plan), choices)).collect();
        let count = steps.len();
        let done = lifecycle::apply_together(&mut change, steps, log.clone()).await;
        let done = done.map_err(|failed| not_done(failed, count))?.into_iter();
        Ok(done
            .filter_map(|done| match done {
                Done::Gone(report) => Some(*report),
                Done::There => None,
            })
            .collect())
    }
    .await;
    log.tell(observer);
    done
}

fn outcome(
    mut all: Vec<CascadedPlugin>,
    recovered: Vec<Recovered>,
) -> Result<UninstallOutcome, Failure> {
    let last = all.pop().ok_or_else(|| Failure::new(&CHANGED, "there is nothing to uninstall"))?;
    Ok(UninstallOutcome { plan: last.plan, report: last.report, cascade: all, recovered })
}

/// Whether both plans are about the same things; rows come and go while the plugin runs.
fn is_same(now: &UninstallPlan, shown: &UninstallPlan) -> bool {
    let things = |plan: &UninstallPlan| {
        let tables: Vec<String> = plan.tables.iter().map(|table| table.name.clone()).collect();
        (plan.version.clone(), plan.state, tables, plan.other_objects.clone(), plan.code.clone())
    };
    things(now) == things(shown)
}

fn choices(request: &UninstallRequest, remove_data: bool, remove_tables: bool) -> UninstallChoices {
    UninstallChoices {
        remove_data,
        remove_tables,
        remove_code: request.remove_code,
        create_backup: request.create_backup,
        force: request.force,
    }
}

/// Decides everything, or says why nothing is done.
fn decide(
    request: &UninstallRequest,
    plan: &UninstallPlan,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<UninstallChoices, Failure> {
    let has_data = plan.data_rows > 0 || plan.settings > 0 || !plan.secrets.is_empty();
    let has_tables = !plan.tables.is_empty() || !plan.other_objects.is_empty();
    let (data_flag, tables_flag) = ("--cleanup-data keep|remove", "--cleanup-tables keep|remove");
    let data = Part {
        id: "cleanup-data",
        flag: data_flag,
        text: format!("Its own data ({}):", data_words(plan)),
        there: has_data,
    };
    let tables = Part {
        id: "cleanup-tables",
        flag: tables_flag,
        text: format!("Its tables ({}):", tables_words(plan)),
        there: has_tables,
    };
    let remove_data = data.decide(request.cleanup_data, request, ask, observer)?;
    let remove_tables = tables.decide(request.cleanup_tables, request, ask, observer)?;
    let decided = choices(request, remove_data, remove_tables);
    lifecycle::refuse(plan, &decided)?;
    let loses = (remove_data && has_data) || (remove_tables && has_tables);
    if loses && !request.create_backup {
        confirm_loss(request, ask)?;
    } else if ask.is_interactive() && !request.accept_defaults {
        confirm(request, &decided, ask)?;
    }
    Ok(decided)
}

/// A part of a plugin that is kept or removed.
struct Part {
    id: &'static str,
    flag: &'static str,
    text: String,
    there: bool,
}

impl Part {
    fn decide(
        &self,
        wanted: Cleanup,
        request: &UninstallRequest,
        ask: &dyn Ask,
        observer: &dyn Observer,
    ) -> Result<bool, Failure> {
        match wanted {
            Cleanup::Keep => return Ok(false),
            Cleanup::Remove => return Ok(true),
            Cleanup::Ask if !self.there => return Ok(false),
            Cleanup::Ask => {}
        }
        let kept = |why: &str| observer.note(format!("{} kept, {why} ({})", self.text, self.flag));
        if request.accept_defaults {
            kept("because `-y` never deletes");
            return Ok(false);
        }
        let question = Question {
            id: self.id,
            text: self.text.clone(),
            flag: self.flag,
            kind: QuestionKind::Choice {
                options: vec!["keep".to_owned(), "remove".to_owned()],
                default: 0,
            },
        };
        match ask.ask(&question) {
            Ok(answer) => Ok(answer == Answer::Chosen(1)),
            Err(AskError::NoTerminal) => {
                kept("because nobody can be asked");
                Ok(false)
            }
            Err(error) => Err(not_answered(&error)),
        }
    }
}

fn not_answered(error: &AskError) -> Failure {
    Failure::new(&NOT_ANSWERED, "a question was not answered, so nothing was changed")
        .caused_by(error)
}

fn confirm(
    request: &UninstallRequest,
    decided: &UninstallChoices,
    ask: &dyn Ask,
) -> Result<(), Failure> {
    let backup = if decided.create_backup { "after a verified backup" } else { "without a backup" };
    let question = Question {
        id: "uninstall",
        text: format!("Uninstall {} {backup}?", request.slug),
        flag: "-y",
        kind: QuestionKind::Confirm { default: false },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Ok(_) => Err(Failure::new(&DECLINED, "the uninstallation was not confirmed")),
        Err(error) => Err(not_answered(&error)),
    }
}

/// What cannot come back is confirmed by typing the plugin's name; `-y` does not do it.
fn confirm_loss(request: &UninstallRequest, ask: &dyn Ask) -> Result<(), Failure> {
    let slug = request.slug.to_string();
    if request.confirm.contains(&slug) {
        return Ok(());
    }
    if let Some(typed) = request.confirm.first() {
        let message = format!("`--confirm {typed}` is not the name of the plugin");
        return Err(Failure::new(&DECLINED, message).hint(format!("`--confirm {slug}`")));
    }
    let question = Question {
        id: "confirm",
        text: "There will be no backup, and what is removed cannot come back".to_owned(),
        flag: "--confirm SLUG",
        kind: QuestionKind::Typed { expected: slug.clone() },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Ok(_) => Err(Failure::new(&DECLINED, "what was typed is not the name of the plugin")),
        Err(AskError::NoTerminal) => {
            let message = "data would be removed without a backup, and nobody can be asked";
            Err(Failure::new(&NEEDED, message)
                .hint("leave `--no-backup` out")
                .hint(format!("or confirm: `--confirm {slug}`")))
        }
        Err(error) => Err(not_answered(&error)),
    }
}

fn data_words(plan: &UninstallPlan) -> String {
    format!("{} rows, {} settings, {} secrets", plan.data_rows, plan.settings, plan.secrets.len())
}

fn tables_words(plan: &UninstallPlan) -> String {
    let each: Vec<String> =
        plan.tables.iter().map(|table| format!("{}: {} rows", table.name, table.rows)).collect();
    each.join(", ")
}
