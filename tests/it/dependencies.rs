//! Plugins that need others: installed, updated and uninstalled together, and refused with a reason.

use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::shop::{Keeper, assert_same};
use crate::support::{Run, World};

const CODE: &str = "export async function go() { return 'went'; }\n";

fn plugin(world: &World, slug: &str, version: &str, needs: Value) {
    world.plugin(
        json!({ "slug": slug, "version": version, "dependencies": needs, "description": "A part." }),
        &[("index.js", CODE), ("README.md", "# A part\n\nOf a whole.\n"), ("LICENSE", "MIT\n")],
    );
}

fn world() -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    (world, keeper)
}

fn versions(world: &World) -> Vec<String> {
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    let plugins = list["plugins"].as_array().unwrap().iter();
    plugins
        .map(|p| format!("{} {}", p["slug"].as_str().unwrap(), p["version"].as_str().unwrap()))
        .collect()
}

#[test]
fn what_a_plugin_needs_is_planned_with_it_and_comes_first() {
    let (world, keeper) = world();
    plugin(&world, "acme-ship", "1.1.0", json!({ "acme-tax": "^1", "acme-maps": "*" }));
    plugin(&world, "acme-tax", "1.4.0", json!({ "acme-maps": "^2" }));
    plugin(&world, "acme-maps", "2.0.0", json!({}));
    let before = keeper.dump();
    let dry = world.run(["install", "./acme-ship", "--dry-run", "--format", "json"]);
    let dry = dry.exits(0).json();
    let slugs: Vec<&Value> =
        dry["dependencies"].as_array().unwrap().iter().map(|one| &one["slug"]).collect();
    assert_eq!(slugs, ["acme-maps", "acme-tax"]);
    assert_same("a dry run", &keeper.dump(), &before);
    let done = world.run(["install", "./acme-ship", "-y"]).exits(0).stdout.clone();
    let at = |word: &str| done.find(word).unwrap_or_else(|| panic!("{done}"));
    assert!(at("acme-maps 2.0.0") < at("acme-tax 1.4.0"), "{done}");
    assert!(at("acme-tax 1.4.0") < at("acme-ship 1.1.0"), "{done}");
    assert_eq!(versions(&world), ["acme-maps 2.0.0", "acme-ship 1.1.0", "acme-tax 1.4.0"]);
    // All of it again from the lock file, in another shop.
    let other = World::with_shop();
    let lock = world.dir().join(".daino/daino.lock.toml");
    let locked = format!("--locked={}", lock.display());
    other.run(["install", locked.as_str(), "-q"]).exits(0);
    assert_eq!(versions(&other), versions(&world));
}

#[test]
fn what_does_not_fit_is_told_with_both_sides_and_changes_nothing() {
    let (world, keeper) = world();
    plugin(&world, "acme-stripe", "2.0.0", json!({ "tax-core": "^1.2" }));
    plugin(&world, "tax-core", "1.4.0", json!({}));
    world.run(["install", "./acme-stripe", "-y", "-q"]).exits(0);
    let before = keeper.dump();
    plugin(&world, "acme-ship", "1.1.0", json!({ "tax-core": "^2" }));
    plugin(&world, "tax-core", "2.0.0", json!({}));
    let run = world.run(["install", "./acme-ship", "-y"]);
    run.exits(7).complains("dependencies.conflict").complains("acme-ship 1.1.0 needs tax-core ^2");
    run.complains("tax-core 1.4.0 is installed").complains("daino-pdk update tax-core");
    // The update would break the other one, and says so.
    let run = world.run(["update", "tax-core"]);
    run.exits(7).complains("lifecycle.dependent-range").complains("acme-stripe");
    // In a circle, with itself, and with what is not there.
    plugin(&world, "acme-aa", "1.0.0", json!({ "acme-bb": "*" }));
    plugin(&world, "acme-bb", "1.0.0", json!({ "acme-aa": "*" }));
    let run = world.run(["install", "./acme-aa", "-y"]);
    run.exits(7).complains("dependencies.circle").complains("`acme-aa` needs `acme-bb` needs");
    plugin(&world, "acme-cc", "1.0.0", json!({ "acme-none": "^1" }));
    let run = world.run(["install", "./acme-cc", "-y"]);
    run.exits(7).complains("acme-cc 1.0.0 needs acme-none ^1").complains("NAMESPACE/acme-none");
    // A directory of the right name with another plugin in it.
    plugin(&world, "acme-evil", "1.0.0", json!({}));
    std::fs::rename(world.dir().join("acme-evil"), world.dir().join("acme-none")).unwrap();
    world.run(["install", "./acme-cc", "-y"]).exits(7).complains("dependencies.conflict");
    assert_same("what was refused", &keeper.dump(), &before);
}

#[test]
fn what_is_installed_together_is_there_as_a_whole_or_not_at_all() {
    let (world, keeper) = world();
    plugin(&world, "acme-ship", "1.0.0", json!({ "acme-tax": "^1" }));
    plugin(&world, "acme-tax", "1.0.0", json!({}));
    let nothing = keeper.dump();
    for (point, is_there) in [("install.decided", false), ("together.committed", true)] {
        let mut command = world.command();
        command.args(["install", "./acme-ship", "-y", "-q"]).env("DAINO_TEST_KILL_AT", point);
        assert!(!command.output().unwrap().status.success());
        let there: &[&str] = if is_there { &["acme-ship 1.0.0", "acme-tax 1.0.0"] } else { &[] };
        assert_eq!(versions(&world), there, "{point}");
        if !is_there {
            assert_same(point, &keeper.dump(), &nothing);
        }
    }
    let before = keeper.dump();
    // The one that was asked for fails: what it needs is not there either, and that is said.
    plugin(&world, "acme-more", "1.0.0", json!({ "acme-maps": "^1" }));
    world.write("acme-more/index.js", "export function onEnable() { throw new Error('no key'); }");
    plugin(&world, "acme-maps", "1.0.0", json!({}));
    let run = world.run(["install", "./acme-more", "-y"]);
    run.exits(7).complains("none of 2 plugins was changed, because of `acme-more`");
    run.complains("no key");
    assert_same("a failure", &keeper.dump(), &before);
}

#[test]
fn an_update_brings_what_it_needs_when_that_is_let_in() {
    let (world, keeper) = world();
    plugin(&world, "acme-ship", "1.0.0", json!({ "acme-tax": "^1" }));
    plugin(&world, "acme-tax", "1.0.0", json!({}));
    world.run(["install", "./acme-ship", "-y", "-q"]).exits(0);
    let before = keeper.dump();
    plugin(&world, "acme-ship", "2.0.0", json!({ "acme-tax": "^2", "acme-maps": "^1" }));
    plugin(&world, "acme-tax", "2.0.0", json!({}));
    plugin(&world, "acme-maps", "1.0.0", json!({}));
    let run = world.run(["update", "acme-ship"]);
    run.exits(7).complains("acme-ship 2.0.0 needs acme-tax ^2").complains("--with-dependencies");
    assert_same("a refused update", &keeper.dump(), &before);
    let dry = ["update", "acme-ship", "--with-dependencies", "--dry-run", "--format", "json"];
    let dry = world.run(dry).exits(0).json();
    assert_eq!(dry["plugins"][0]["plan"]["to"], "2.0.0");
    assert_same("a dry run", &keeper.dump(), &before);
    let done = ["update", "acme-ship", "--with-dependencies", "--format", "json"];
    let done = world.run(done).exits(0).json();
    let lines: Vec<String> = done["plugins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["slug"].as_str().unwrap(), one["updated"]))
        .collect();
    assert_eq!(lines, ["acme-tax true", "acme-ship true"]);
    assert_eq!(versions(&world), ["acme-maps 1.0.0", "acme-ship 2.0.0", "acme-tax 2.0.0"]);
    // Only one of them is missing: named, and not brought in unasked.
    plugin(&world, "acme-ship", "2.1.0", json!({ "acme-tax": "^2", "acme-rate": "^1" }));
    plugin(&world, "acme-rate", "1.0.0", json!({}));
    let run = world.run(["update", "acme-ship"]);
    run.exits(7).complains("update.needs-others").complains("`acme-rate` 1.0.0");
}

#[test]
fn what_others_need_goes_with_them_or_not_at_all() {
    let (world, keeper) = world();
    plugin(&world, "acme-ship", "1.0.0", json!({ "acme-tax": "^1" }));
    plugin(&world, "acme-tax", "1.0.0", json!({ "acme-maps": "^1" }));
    plugin(&world, "acme-maps", "1.0.0", json!({}));
    world.run(["install", "./acme-ship", "-y", "-q"]).exits(0);
    let before = keeper.dump();
    let run = world.run(["uninstall", "acme-maps", "-y"]);
    run.exits(7).complains("lifecycle.dependents").complains("uninstall acme-maps --cascade");
    let dry = ["uninstall", "acme-maps", "--cascade", "--dry-run", "--format", "json"];
    let dry = world.run(dry).exits(0).json();
    let slug = |one: &Value| one["plan"]["slug"].as_str().unwrap().to_owned();
    let order: Vec<String> = dry["cascade"].as_array().unwrap().iter().map(slug).collect();
    assert_eq!(
        (order, slug(&dry)),
        (vec!["acme-ship".into(), "acme-tax".into()], "acme-maps".into())
    );
    assert_same("what was refused", &keeper.dump(), &before);
    let remove = ["--cleanup-data=remove", "--cleanup-tables=remove", "--remove-code", "-q"];
    let all = ["uninstall", "acme-maps", "--cascade"];
    world.run(all.iter().chain(&remove)).exits(0);
    assert!(versions(&world).is_empty());
    assert_eq!(keeper.dump()["rows of daino.plugins"].len(), 0);
}

/// A registry with two publishers.
struct Shelf<'w> {
    world: &'w World,
    served: Served,
    tokens: [(&'static str, String); 2],
}

impl<'w> Shelf<'w> {
    fn of(world: &'w World) -> Self {
        let served = Served::start(world);
        let tokens = ["acme", "evil"].map(|namespace| (namespace, served.token(world, namespace)));
        world.run(["key", "generate"]).exits(0);
        Self { world, served, tokens }
    }

    fn publish(&self, namespace: &str, slug: &str, version: &str, needs: Value) {
        plugin(self.world, slug, version, needs);
        let token = &self.tokens.iter().find(|(name, _)| *name == namespace).unwrap().1;
        let mut command = self.world.command();
        command.args(["publish", slug, "-y", "--no-test", "--namespace", namespace]);
        command.args(["--registry", &self.served.url]).env("DAINO_TOKEN", token);
        Run::of(command.output().unwrap()).exits(0);
        std::fs::remove_dir_all(self.world.dir().join(slug)).unwrap();
    }

    fn install(&self, name: &str) -> Run {
        let from = ["--registry", &self.served.url, "--trust-key", "new", "--format", "json"];
        self.world.run(["install", name, "-y"].iter().chain(&from))
    }
}

#[test]
fn a_registry_gives_the_releases_that_fit_and_only_those_of_the_same_publisher() {
    let (world, keeper) = world();
    let shelf = Shelf::of(&world);
    shelf.publish("acme", "tax-core", "1.4.0", json!({}));
    shelf.publish("acme", "tax-core", "2.0.0-beta.1", json!({}));
    shelf.publish("acme", "tax-core", "2.0.0", json!({}));
    shelf.publish("acme", "acme-stripe", "2.0.0", json!({ "tax-core": "^1.2" }));
    shelf.publish("acme", "acme-shop", "1.0.0", json!({ "acme-stripe": "*", "tax-core": ">=1" }));
    // A release of the same name by somebody else, and newer.
    shelf.publish("evil", "tax-core", "1.9.9", json!({}));
    shelf.publish("evil", "rate-core", "1.0.0", json!({}));
    shelf.publish("acme", "acme-rate", "1.0.0", json!({ "rate-core": "^1" }));
    let before = keeper.dump();
    // Nobody but `evil` has it, so nobody has it.
    let run = shelf.install("acme/acme-rate");
    assert_eq!(run.json()["error"]["code"], "dependencies.conflict", "{run:#?}");
    run.exits(7).complains("no rate-core is in `acme` in").complains("NAMESPACE/rate-core");
    assert_same("a dependency of another publisher", &keeper.dump(), &before);
    let done = shelf.install("acme/acme-shop").exits(0).json();
    let places: Vec<String> = done["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let name = &one["source"]["name"];
            format!("{}/{} {}", name["namespace"], name["slug"], one["version"]).replace('"', "")
        })
        .collect();
    assert_eq!(places, ["acme/tax-core 1.4.0", "acme/acme-stripe 2.0.0"]);
    // A pre-release comes by its channel alone.
    let beta = ["install", "acme/tax-core@beta", "--dry-run", "--registry", &shelf.served.url];
    shelf.publish("acme", "tax-core", "3.0.0-beta.1", json!({}));
    let run = world.run(beta.iter().chain(&["--format", "json"]));
    run.exits(7).complains("lifecycle.other-version").complains("3.0.0-beta.1 was to be");
    let other = World::with_shop();
    for (name, version) in [
        ("tax-core", "2.0.0"),
        ("tax-core@latest", "2.0.0"),
        ("tax-core@beta", "3.0.0-beta.1"),
        ("tax-core@rc", "2.0.0"),
        ("tax-core@^1", "1.4.0"),
    ] {
        let named = format!("acme/{name}");
        let flags = ["--dry-run", "--registry", &shelf.served.url, "--format", "json"];
        let plan = other.run(["install", named.as_str()].iter().chain(&flags)).exits(0).json();
        assert_eq!(plan["version"], version, "{name}");
    }
    // A new release needs the next one of the core, and the others stand in its way or do not.
    shelf.publish("acme", "acme-shop", "1.1.0", json!({ "acme-stripe": "*", "tax-core": "^2" }));
    let registry = ["--registry", &shelf.served.url];
    let run = world.run(["update", "acme-shop", "--with-dependencies"].iter().chain(&registry));
    run.exits(7).complains("acme-stripe 2.0.0 needs tax-core ^1.2");
    shelf.publish("acme", "acme-stripe", "2.1.0", json!({ "tax-core": "^2" }));
    let all = ["update", "acme-shop", "--with-dependencies", "-q"];
    world.run(all.iter().chain(&registry)).exits(0);
    assert_eq!(versions(&world), ["acme-shop 1.1.0", "acme-stripe 2.1.0", "tax-core 2.0.0"]);
}
