//! Against known answers, and against trying everything.

use super::*;

fn slug(text: &str) -> PluginSlug {
    PluginSlug::new(text).unwrap()
}

type Release<'a> = (&'a str, &'a [(&'a str, &'a str)]);

fn question(roots: &[(&str, &str)], offers: &[(&str, &[Release<'_>])]) -> Question {
    let needs = |list: &[(&str, &str)]| -> Needs {
        list.iter().map(|(name, range)| (slug(name), range.parse().unwrap())).collect()
    };
    let offers = offers.iter().map(|(name, releases)| {
        let candidates = releases.iter().map(|(version, list)| Candidate {
            version: version.parse().unwrap(),
            needs: Some(needs(list)),
        });
        (slug(name), Offer { candidates: candidates.collect(), limits: String::new() })
    });
    Question { roots: needs(roots), offers: offers.collect() }
}

fn fits(question: &Question) -> Vec<String> {
    match resolve(question) {
        Answer::Fits(chosen) => chosen.iter().map(|(s, v)| format!("{s} {v}")).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_release_that_fits_is_taken_and_others_give_way() {
    let offers: &[(&str, &[Release<'_>])] = &[
        ("ship", &[("1.1.0", &[("tax", "^2")]), ("1.0.0", &[("tax", "^1")])]),
        ("stripe", &[("2.0.0", &[("tax", "^1.2")])]),
        ("tax", &[("2.0.0", &[]), ("1.4.0", &[]), ("1.0.0", &[])]),
    ];
    assert_eq!(fits(&question(&[("ship", "*")], offers)), ["ship 1.1.0", "tax 2.0.0"]);
    let both = question(&[("ship", "*"), ("stripe", "*")], offers);
    assert_eq!(fits(&both), ["ship 1.0.0", "stripe 2.0.0", "tax 1.4.0"]);
}

#[test]
fn a_conflict_is_told_in_words_with_both_sides() {
    let offers: &[(&str, &[Release<'_>])] = &[
        ("ship", &[("1.1.0", &[("tax-core", "^2")])]),
        ("stripe", &[("2.0.0", &[("tax-core", "^1.2")])]),
        ("tax-core", &[("2.0.0", &[]), ("1.4.0", &[])]),
    ];
    let Answer::Conflict(why) = resolve(&question(&[("ship", "*"), ("stripe", "*")], offers))
    else {
        panic!("it fits");
    };
    let lines = why.lines().join("\n");
    for word in [
        "ship 1.1.0 needs tax-core ^2",
        "stripe 2.0.0 needs tax-core ^1.2",
        "tax-core 2.0.0, 1.4.0 is there",
    ] {
        assert!(lines.contains(word), "{lines}");
    }
    assert!(why.lines().len() <= 17);
}

#[test]
fn a_pre_release_is_only_taken_by_a_range_that_names_one() {
    let offers: &[(&str, &[Release<'_>])] = &[("tax", &[("2.0.0-beta.1", &[]), ("1.0.0", &[])])];
    assert_eq!(fits(&question(&[("tax", "*")], offers)), ["tax 1.0.0"]);
    assert_eq!(fits(&question(&[("tax", ">=2.0.0-beta")], offers)), ["tax 2.0.0-beta.1"]);
}

#[test]
fn what_is_not_known_is_asked_for() {
    let mut asked = question(&[("ship", "*")], &[("ship", &[("1.0.0", &[("tax", "^1")])])]);
    assert_eq!(resolve(&asked), Answer::UnknownOffer(slug("tax")));
    let unknown = Candidate { version: Version::new(1, 0, 0), needs: None };
    asked.offers.insert(slug("tax"), Offer { candidates: vec![unknown], limits: String::new() });
    assert_eq!(resolve(&asked), Answer::UnknownNeeds(slug("tax"), Version::new(1, 0, 0)));
}

#[test]
fn an_order_puts_first_what_others_need_and_a_circle_is_named() {
    let needs = |list: &[(&str, &[&str])]| -> BTreeMap<PluginSlug, Needs> {
        let of = |names: &[&str]| names.iter().map(|n| (slug(n), VersionReq::STAR)).collect();
        list.iter().map(|(name, names)| (slug(name), of(names))).collect()
    };
    let names =
        |list: Vec<PluginSlug>| -> Vec<String> { list.iter().map(ToString::to_string).collect() };
    let ordered = order(&needs(&[("aa", &["cc"]), ("bb", &[]), ("cc", &["dd"]), ("dd", &[])]));
    assert_eq!(names(ordered.unwrap()), ["bb", "dd", "cc", "aa"]);
    let circle = order(&needs(&[("aa", &["bb"]), ("bb", &["cc"]), ("cc", &["bb"])]));
    assert_eq!(names(circle.unwrap_err()), ["bb", "cc", "bb"]);
    assert_eq!(names(order(&needs(&[("aa", &["aa"])])).unwrap_err()), ["aa", "aa"]);
}

#[test]
fn a_question_made_to_be_hard_ends() {
    // Fifteen plugins of which none says no before the last one is looked at.
    let names: Vec<String> = (0..15).map(|n| format!("p{}", char::from(b'a' + n))).collect();
    let mut offers = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        let needs = |version: u64| -> Needs {
            let range = format!("<{}", 20 - version).parse().unwrap();
            names.get(at + 1).map(|next| (slug(next), range)).into_iter().collect()
        };
        let candidates = (1..20).rev().map(|version| Candidate {
            version: Version::new(version, 0, 0),
            needs: Some(needs(version)),
        });
        offers
            .insert(slug(name), Offer { candidates: candidates.collect(), limits: String::new() });
    }
    offers.insert(slug("zz"), Offer::default());
    let roots: BTreeMap<_, _> =
        [(slug("pa"), VersionReq::STAR), (slug("zz"), VersionReq::STAR)].into();
    let Answer::Conflict(why) = resolve(&Question { roots, offers }) else { panic!("it fits") };
    assert_eq!(why.words, "no release of zz fits");
}

/// Whether any choice of releases keeps every range, by trying all of them.
fn by_trying(question: &Question) -> bool {
    fn keeps(question: &Question, chosen: &BTreeMap<PluginSlug, &Candidate>) -> bool {
        let has = |slug: &PluginSlug, range: &VersionReq| {
            chosen.get(slug).is_some_and(|one| range.matches(&one.version))
        };
        let needs = chosen.values().filter_map(|one| one.needs.as_ref());
        question.roots.iter().chain(needs.flatten()).all(|(slug, range)| has(slug, range))
    }
    fn choose<'q>(
        question: &'q Question,
        left: &[&'q PluginSlug],
        chosen: &mut BTreeMap<PluginSlug, &'q Candidate>,
    ) -> bool {
        let Some((first, rest)) = left.split_first() else { return keeps(question, chosen) };
        if choose(question, rest, chosen) {
            return true;
        }
        for candidate in &question.offers[*first].candidates {
            chosen.insert((*first).clone(), candidate);
            if choose(question, rest, chosen) {
                return true;
            }
        }
        chosen.remove(*first);
        false
    }
    let slugs: Vec<&PluginSlug> = question.offers.keys().collect();
    choose(question, &slugs, &mut BTreeMap::new())
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

fn small(seed: u64) -> Question {
    let names = ["aa", "bb", "cc", "dd", "ee"];
    let ranges = ["*", "^1", "^2", "=1.0.0", ">=1.1", "<2", "^3"];
    let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut needs = |most: usize| -> Needs {
        let count = numbers.below(most);
        (0..count)
            .map(|_| {
                let range = ranges[numbers.below(ranges.len())].parse().unwrap();
                (slug(names[numbers.below(names.len())]), range)
            })
            .collect()
    };
    let roots = needs(4);
    let mut offers = BTreeMap::new();
    for name in names {
        let mut candidates = Vec::new();
        for version in ["2.1.0", "2.0.0", "1.1.0", "1.0.0"] {
            // Two in three are there.
            let marks = needs(4);
            if marks.len() < 3 {
                candidates
                    .push(Candidate { version: version.parse().unwrap(), needs: Some(marks) });
            }
        }
        offers.insert(slug(name), Offer { candidates, limits: String::new() });
    }
    Question { roots, offers }
}

#[test]
fn it_finds_what_trying_everything_finds() {
    let (mut fitting, mut conflicts) = (0, 0);
    for seed in 1..3_000 {
        let question = small(seed);
        let answer = resolve(&question);
        match &answer {
            Answer::Fits(chosen) => {
                fitting += 1;
                let needs = chosen.iter().flat_map(|(slug, version)| {
                    let offer = &question.offers[slug].candidates;
                    let one = offer.iter().find(|one| one.version == *version).unwrap();
                    one.needs.clone().unwrap()
                });
                for (slug, range) in question.roots.clone().into_iter().chain(needs) {
                    assert!(chosen.get(&slug).is_some_and(|v| range.matches(v)), "{seed}");
                }
            }
            Answer::Conflict(why) => {
                conflicts += 1;
                assert!(!by_trying(&question), "{seed}: {:#?}", why.lines());
                assert!(!why.because.is_empty());
            }
            other => panic!("{seed}: {other:?}"),
        }
        assert_eq!(resolve(&question), answer);
    }
    assert!(fitting > 500 && conflicts > 500, "{fitting} fit, {conflicts} do not");
}
