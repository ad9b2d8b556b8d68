//! Goes back to an earlier release of a plugin.

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::operation::Recovered;
use crate::model::question::QuestionKind;
use crate::model::rollback_plan::{DataChoice, RollbackPlan};
use crate::model::{Answer, Ask, AskError, ExitCode, Observer, PluginSlug, Question};
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::ops::plan_changed::plan_changed;
use crate::store::lifecycle::{self, Change, RollbackWanted};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NEEDED, &DECLINED, &NOT_ANSWERED, &CHANGED];

static NEEDED: ErrorCode = ErrorCode {
    id: "rollback.confirm",
    exit: ExitCode::InputNeeded,
    meaning: "Rows that were written since the backup would go from the tables, and nobody can be asked. Nothing was changed.",
    remedy: "To agree: `--data restore -y`. A backup of how things are now is made first.",
};
static DECLINED: ErrorCode = ErrorCode {
    id: "rollback.declined",
    exit: ExitCode::Policy,
    meaning: "The way back was not agreed to. Nothing was changed.",
    remedy: "Nothing needs to be done.",
};
static NOT_ANSWERED: ErrorCode = ErrorCode {
    id: "rollback.not-answered",
    exit: ExitCode::Interrupted,
    meaning: "A question was left unanswered. Nothing was changed.",
    remedy: "Run the command again, or give the answers as flags.",
};
static CHANGED: ErrorCode = ErrorCode {
    id: "rollback.plan-changed",
    exit: ExitCode::Policy,
    meaning: "Somebody changed the plugin between the plan that was shown and the way back. Nothing was changed.",
    remedy: "Run the command again to see the new plan.",
};

/// Where to go back to.
#[derive(Debug, Clone)]
pub(crate) struct RollbackRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The plugin.
    pub slug: PluginSlug,
    /// A version or the name of a backup.
    pub to: Option<String>,
    /// What becomes of rows written since.
    pub data: Option<DataChoice>,
    /// Drop what others built on the plugin's tables.
    pub force: bool,
    /// Do it, roll it back again, and say whether it would work.
    pub verify: bool,
    /// Do not ask whether to go on.
    pub accept_defaults: bool,
    /// Show the plan, and change nothing.
    pub dry_run: bool,
}

/// What was done, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct RollbackOutcome {
    /// What it does.
    #[serde(flatten)]
    pub plan: RollbackPlan,
    /// Whether it was done.
    pub rolled_back: bool,
    /// Whether it was rehearsed to its end.
    pub verified: bool,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// Goes back. `present` shows the plan to whoever agrees to it.
pub(crate) async fn rollback(
    request: RollbackRequest,
    present: &dyn Fn(&RollbackPlan),
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<RollbackOutcome, Failure> {
    let place = request.place.clone();
    in_shop(&place, observer, async |shop| {
        let (plan, recovered) = {
            let change = Change::open(shop, observer).await?;
            let wanted = wanted(&request, request.to.clone());
            let planned = lifecycle::plan_rollback(&change, &request.slug, &wanted).await?;
            (planned.plan, change.recovered)
        };
        let is_for_show = request.dry_run && !request.verify;
        if !is_for_show {
            if !request.verify {
                present(&plan);
                confirm(&request, &plan, ask)?;
            }
            let mut change = Change::open(shop, observer).await?;
            let wanted = wanted(&request, Some(plan.backup.clone()));
            let now = lifecycle::plan_rollback(&change, &request.slug, &wanted).await?;
            if !is_same(&now.plan, &plan) {
                return Err(plan_changed(&CHANGED, &change, &request.slug).await);
            }
            lifecycle::roll_back(&mut change, now, request.verify).await?;
        }
        Ok(RollbackOutcome {
            plan,
            rolled_back: !request.dry_run && !request.verify,
            verified: request.verify,
            recovered,
        })
    })
    .await
}

fn wanted(request: &RollbackRequest, to: Option<String>) -> RollbackWanted {
    RollbackWanted { to, data: request.data, force: request.force }
}

/// Whether both plans do the same; rows come and go while the plugin runs.
fn is_same(now: &RollbackPlan, shown: &RollbackPlan) -> bool {
    let part = |plan: &RollbackPlan| RollbackPlan {
        tables: Vec::new(),
        foreign: Vec::new(),
        ..plan.clone()
    };
    part(now) == part(shown)
}

fn confirm(request: &RollbackRequest, plan: &RollbackPlan, ask: &dyn Ask) -> Result<(), Failure> {
    if request.accept_defaults {
        return Ok(());
    }
    let loses = plan.data == DataChoice::Restore;
    let text = match loses {
        true => format!(
            "Put {} back as it was at {}, without what was written since?",
            plan.slug, plan.backed_up_at
        ),
        false => format!("Go back from {} {} to {}?", plan.slug, plan.from, plan.to),
    };
    let question = Question {
        id: "rollback",
        text,
        flag: "-y",
        kind: QuestionKind::Confirm { default: false },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Ok(_) => Err(Failure::new(&DECLINED, "the way back was not agreed to")),
        // Nothing is lost by going back with the rows there are.
        Err(AskError::NoTerminal) if !loses => Ok(()),
        Err(AskError::NoTerminal) => {
            let message = "rows that were written since would go, and nobody can be asked";
            Err(Failure::new(&NEEDED, message).hint("to agree: `-y`"))
        }
        Err(error) => {
            Err(Failure::new(&NOT_ANSWERED, "the way back was not decided").caused_by(&error))
        }
    }
}
