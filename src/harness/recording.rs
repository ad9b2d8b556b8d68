//! Answers of remote services that were recorded with `--record-http`: `__http__/<file>.json` beside
//! the test file.
//!
//! The file is read before the tests run and written after them. Its content comes from the worker,
//! so it is read into types and bounded like everything that does; secrets are taken out where the
//! requests are made (`sandbox/js/test/http_recording.js`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::RunOptions;
use super::change::Change;
use super::find::{Job, JobKind};
use crate::model::TreePath;
use crate::project::Project;

/// Version of the file.
const VERSION: u32 = 1;
/// Largest file, bytes.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A recording.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recording {
    schema_version: u32,
    /// Where the virtual clock started, milliseconds since 1970: what is sent may hold the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock: Option<u64>,
    /// By full name of the test, in the order the requests were made.
    tests: BTreeMap<String, Vec<Exchange>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    request: Request,
    response: Response,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    json: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Response {
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    json: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

/// Where the recording of a job is, when it can have one.
fn path_of(job: &Job) -> Option<TreePath> {
    let JobKind::File(file) = &job.kind else { return None };
    let parent = file.parent();
    let folder = if parent.is_empty() { String::new() } else { format!("{parent}/") };
    TreePath::new(&format!("{folder}__http__/{}.json", file.file_name())).ok()
}

/// The recording of a job; an error says what is wrong with its file.
pub(super) fn of(project: &Project, job: &Job) -> Result<Option<Recording>, String> {
    let Some(path) = path_of(job) else { return Ok(None) };
    let Some(text) = project.files.text(path.as_str()) else { return Ok(None) };
    let wrong =
        |why: String| format!("`{path}` cannot be read: {why}; record it again with --record-http");
    let read: Recording = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if read.schema_version != VERSION {
        return Err(wrong(format!("it has version {}, expected {VERSION}", read.schema_version)));
    }
    Ok(Some(read))
}

/// Where the clock of a job starts: where it did when its requests were recorded.
pub(super) fn clock(options: &RunOptions, recording: Option<&Recording>) -> Option<u64> {
    let recorded = recording.filter(|_| !options.record_http).and_then(|made| made.clock);
    options.clock.map(|now| recorded.unwrap_or(now))
}

/// What the engine is told of the network.
pub(super) fn request(options: &RunOptions, job: &Job, recording: Option<&Recording>) -> Value {
    let hosts = options.mocks.keys().map(|host| host.trim_end_matches(":443"));
    json!({
        "open": hosts.collect::<Vec<_>>(),
        "secrets": options.secrets,
        "recording": {
            "record": options.record_http && path_of(job).is_some(),
            "file": path_of(job),
            "tests": recording.map(|made| &made.tests),
        },
    })
}

/// What a run writes: the recording as it is now, when it is another.
pub(super) fn change(
    project: &Project,
    options: &RunOptions,
    job: &Job,
    told: Value,
) -> Result<Option<Change>, String> {
    let Some(path) = path_of(job).filter(|_| options.record_http) else { return Ok(None) };
    let tests: BTreeMap<String, Vec<Exchange>> = serde_json::from_value(told)
        .map_err(|error| format!("the recording cannot be read: {error}"))?;
    let is_there = project.files.contains(path.as_str());
    if tests.is_empty() {
        return Ok(is_there.then_some(Change { path, content: None }));
    }
    let made = Recording { schema_version: VERSION, clock: options.clock, tests };
    let text = serde_json::to_string_pretty(&made).unwrap_or_default() + "\n";
    if text.len() > MOST_BYTES {
        return Err(format!(
            "the recording has {} bytes, at most {MOST_BYTES} are kept",
            text.len()
        ));
    }
    Ok(Some(Change { path, content: Some(text) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harness::Suite;

    #[test]
    fn stands_beside_the_test_file_and_survives_a_round() {
        let job = |path: &str| Job {
            name: path.to_owned(),
            suite: Suite::Unit,
            kind: JobKind::File(TreePath::new(path).unwrap()),
        };
        assert_eq!(
            path_of(&job("tests/a.test.js")).unwrap().as_str(),
            "tests/__http__/a.test.js.json"
        );
        let text = r#"{"schema_version":1,"clock":5,"tests":{"a > b":[{"request":{"method":"GET","url":"https://x.example/"},"response":{"status":200,"json":{"a":1}}}]}}"#;
        let read: Recording = serde_json::from_str(text).unwrap();
        let again: Recording =
            serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(again.tests["a > b"][0].response.json, Some(json!({"a": 1})));
        let options = RunOptions { clock: Some(9), ..RunOptions::default() };
        assert_eq!(clock(&options, Some(&read)), Some(5));
        let recorded = RunOptions { record_http: true, ..options };
        assert_eq!(clock(&recorded, Some(&read)), Some(9));
    }
}
