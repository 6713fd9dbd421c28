# Reads a code quality report and a JUnit report with the libraries that GitLab reads them with, in its way; prints what
# it keeps, as JSON.
#
#     ruby -rset read.rb SCHEMA GITLAB.JSON JUNIT.XML
require "json"
require "json_schemer"
require "active_support"
require "active_support/core_ext/hash/conversions"

schema, quality, junit = ARGV

# Each entry by itself; with the first that is wrong, the rest is dropped.
def quality_entries(schema, path)
  validator = JSONSchemer.schema(JSON.parse(File.read(schema)))
  entries = JSON.parse(File.read(path))
  kept = entries.take_while { |entry| validator.valid?(entry) }
  { "kept" => kept, "count" => entries.size }
end

def list(value)
  value.is_a?(Array) ? value : [value].compact
end

# Failure, error and skipped, in this order; the body of the element is all that is shown of it.
def outcome(test_case)
  %w[failure error skipped].each do |kind|
    return [kind, test_case[kind]] if test_case.key?(kind)
  end
  ["success", nil]
end

def junit_cases(path)
  suites = list(Hash.from_xml(File.read(path)).fetch("testsuites")["testsuite"])
  suites.flat_map { |suite| list(suite["testcase"]).map { |test| [suite["name"], test] } }.map do |suite, test|
    kind, text = outcome(test)
    { "suite" => suite, "class" => test["classname"], "name" => test["name"], "file" => test["file"], "kind" => kind,
      "text" => text }
  end
end

puts JSON.generate("quality" => quality_entries(schema, quality), "junit" => junit_cases(junit))
