//! Every template in every language is a plugin one would keep: no findings, green tests, and the
//! same archive each time.

use crate::support::World;

const TEMPLATES: [&str; 4] = ["payment-gateway", "analytics", "shipping", "custom"];
const LANGUAGES: [&str; 2] = ["js", "ts"];

/// Creates each template in each language and hands its directory to `check`.
fn each(check: impl Fn(&World, &str)) {
    let world = World::new();
    for template in TEMPLATES {
        for language in LANGUAGES {
            let slug = format!("acme-{template}-{language}");
            world
                .run(["create", &slug, "-y", "-t", template, "--lang", language, "--no-git"])
                .exits(0);
            check(&world, &slug);
        }
    }
}

#[test]
fn texts_end_in_one_line_end_and_name_the_plugin() {
    each(|world, slug| {
        for file in world.files().iter().filter(|f| f.starts_with(&format!("{slug}/"))) {
            let text = std::fs::read_to_string(world.dir().join(file)).unwrap();
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{file}");
            assert!(!text.contains('\r') && !text.contains('\t'), "{file}");
            assert!(text.lines().all(|l| l.trim_end() == l), "{file} has trailing spaces");
        }
        let readme = std::fs::read_to_string(world.dir().join(slug).join("README.md")).unwrap();
        assert!(readme.starts_with("# Acme ") && readme.contains("daino-pdk test"), "{readme}");
        let prefix = format!("{}_", slug.replace('-', "_"));
        for file in world.files().iter().filter(|f| f.starts_with(slug) && f.ends_with(".sql")) {
            let sql = std::fs::read_to_string(world.dir().join(file)).unwrap();
            for line in sql.lines().filter(|l| l.contains(" TABLE ")) {
                let table = line.split_whitespace().find(|w| w.starts_with("acme_"));
                assert!(table.is_some_and(|t| t.starts_with(&prefix)), "{file}: {line}");
            }
        }
    });
}

#[test]
fn the_validator_has_nothing_to_say() {
    each(|world, slug| {
        let report = world.run(["-C", slug, "validate", "--format", "json"]).exits(0).json();
        assert_eq!(report["score"], 100, "{slug}: {report:#}");
        let issues = report["issues"].as_array().unwrap();
        assert!(issues.iter().all(|i| i["severity"] == "info"), "{slug}: {issues:#?}");
    });
}

#[test]
fn the_unit_tests_pass() {
    each(|world, slug| {
        if world.dir().join(slug).join("tests/unit").exists() {
            world.run(["-C", slug, "test", "--suite", "unit"]).exits(0);
        }
    });
}

#[test]
fn all_tests_pass() {
    each(|world, slug| {
        world.run(["-C", slug, "test"]).exits(0);
    });
}

/// Conformance, attacks and measurements: what ships must pass what it is held to.
#[test]
fn the_generated_suites_pass() {
    each(|world, slug| {
        if slug.ends_with("-js") {
            let suites = "conformance,security,performance";
            world.run(["-C", slug, "test", "--suite", suites, "--timeout", "120s"]).exits(0);
        }
    });
}

#[test]
fn packing_twice_gives_the_same_bytes() {
    each(|world, slug| {
        let pack = |name: &str| {
            world.run(["-C", slug, "pack", "--output", name]).exits(0);
            std::fs::read(world.dir().join(slug).join(name)).unwrap()
        };
        assert!(pack("../a.dpk") == pack("../b.dpk"), "{slug}");
    });
}
