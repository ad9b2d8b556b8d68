//! Five-field cron expressions: minute, hour, day of month, month, day of week.

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// One field: its name, its smallest and largest number, and the words it knows.
const FIELDS: [(&str, u32, u32, &[&str]); 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day of month", 1, 31, &[]),
    ("month", 1, 12, &MONTHS),
    ("day of week", 0, 7, &DAYS),
];

/// What is wrong with the expression; `None` when it is fine.
pub(super) fn fault(text: &str) -> Option<String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != 5 {
        return Some(format!(
            "it has {} fields; five are needed: minute hour day month weekday",
            fields.len()
        ));
    }
    fields.iter().zip(FIELDS).find_map(|(field, (name, low, high, words))| {
        let fine =
            field.len() <= 100 && field.split(',').all(|part| is_part(part, low, high, words));
        (!fine).then(|| {
            format!("`{field}` is not a {name} ({low} to {high}, `*`, `a-b`, `*/n`, lists)")
        })
    })
}

fn is_part(part: &str, low: u32, high: u32, words: &[&str]) -> bool {
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (part, None),
    };
    let number = |text: &str| -> Option<u32> {
        if let Some(i) = words.iter().position(|w| w.eq_ignore_ascii_case(text)) {
            return Some(i as u32 + low);
        }
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let value = if digits { text.parse::<u32>().ok()? } else { return None };
        (low..=high).contains(&value).then_some(value)
    };
    let step_fine = step.is_none_or(|s| s.parse::<u32>().is_ok_and(|n| n > 0 && n <= high.max(1)));
    let range_fine = match range.split_once('-') {
        _ if range == "*" => true,
        Some((from, to)) => matches!((number(from), number(to)), (Some(a), Some(b)) if a <= b),
        None => number(range).is_some() && step.is_none(),
    };
    step_fine && range_fine
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn knows_schedules_from_others() {
        for good in ["* * * * *", "*/15 0 1,15 * 1-5", "0 9-17/2 * JAN-mar sun", "0 0 31 12 7"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "*/0 * * * *",
            "5-1 * * * *",
            "@daily",
            "a * * * *",
            "+1 * * * *",
            "5/2 * * * *",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
