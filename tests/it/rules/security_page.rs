//! Every row of what `docs/security.md` says to be impossible has its proof, and every test it names
//! is there.

use std::path::Path;

fn sources(dir: &Path, text: &mut String) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|e| e == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn the_tests_it_names_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for dir in ["src", "tests/it"] {
        sources(&root.join(dir), &mut text);
    }
    let page = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let table = page.split("| | possible there").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let (mut seen, mut numbers) = (0, Vec::new());
    for row in rows {
        numbers.push(row.split('|').nth(1).unwrap().trim().parse::<u32>().unwrap());
        let tests = row.trim_end_matches('|').rsplit('|').next().unwrap();
        let is_built_so = tests.trim() == "by construction";
        assert!(is_built_so || tests.contains('`'), "nothing proves {row}");
        for name in tests.split('`').skip(1).step_by(2) {
            let start = name.trim_end_matches('*');
            let forms = [format!("fn {start}"), format!("    {start}")];
            let there = forms.iter().any(|form| text.contains(form.as_str()));
            assert!(there, "`{name}` of docs/security.md is no test");
            seen += 1;
        }
    }
    assert_eq!(numbers, (1..=26).collect::<Vec<_>>());
    assert!(seen > 30, "only {seen} names were read");
}
