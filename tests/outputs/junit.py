"""Reads junit.xml as CI servers do and prints each case's outcome: junit.py FILE"""

import sys

from junitparser import JUnitXml

xml = JUnitXml.fromfile(sys.argv[1])
names = set()
cases = 0
for suite in xml:
    outcomes = {"Failure": 0, "Error": 0, "Skipped": 0}
    for case in suite:
        cases += 1
        key = (case.classname, case.name)
        assert key not in names, f"twice: {key}"
        names.add(key)
        for result in case.result:
            outcomes[type(result).__name__] += 1
    assert suite.failures == outcomes["Failure"], suite.name
    assert suite.errors == outcomes["Error"], suite.name
    assert suite.skipped == outcomes["Skipped"], suite.name
    print(suite.name, suite.failures, suite.errors, suite.skipped, sep="\t")
assert cases == xml.tests, (cases, xml.tests)
