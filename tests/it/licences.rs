//! Licences of everything linked in, and nothing that talks to a network.

use std::process::Command;

/// Name and licence of every package that is linked on this machine, as `cargo tree` lists them.
fn packages() -> Vec<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}|{l}",
            "--offline",
            "--locked",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_once('|'))
        .map(|(package, licence)| {
            let name = package.split_whitespace().next().unwrap_or_default();
            (name.to_owned(), licence.trim_end_matches(" (*)").to_owned())
        })
        .collect()
}

#[test]
fn every_licence_is_on_the_list_of_deny_toml() {
    let deny = include_str!("../../deny.toml");
    let list = deny.lines().find_map(|l| l.strip_prefix("allow = [")).expect("the list");
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(allowed.contains(&"MIT"));
    let mut checked = 0;
    for (name, licence) in packages() {
        checked += 1;
        // One of the alternatives must be allowed; of parts joined by AND, all must be.
        let sound = licence
            .replace(['(', ')'], "")
            .replace('/', " OR ")
            .split(" OR ")
            .any(|choice| choice.split(" AND ").all(|part| allowed.contains(&part.trim())));
        assert!(sound, "{name}: licence “{licence}” is not on the list");
    }
    assert!(checked > 50, "only {checked} packages seen");
}

#[test]
fn no_network_client_is_linked() {
    let banned = ["reqwest", "hyper", "rustls", "native-tls", "object_store", "ureq", "curl"];
    for (name, _) in packages() {
        assert!(!banned.contains(&name.as_str()), "{name} is linked into an offline tool");
    }
}
