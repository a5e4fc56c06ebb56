// The tables of names as JavaScript sees them: arrays of {name, title}, some with what else a row says.
#pragma once

#include "core/attribution/convention.h"
#include "core/attribution/explain_options.h"
#include "core/image/baseline.h"
#include "core/image/colour_maps.h"
#include "core/image/noise_aware.h"
#include "wasm/convert.h"

namespace smoothgrad {

// add(row, entry): the fields beside name and title.
template <typename Entry, typename Add>
val table(std::span<const Entry> entries, Add add) {
  Array rows;
  for (const Entry& entry : entries) {
    Object row;
    row.set("name", entry.name);
    row.set("title", entry.title);
    add(row, entry);
    rows.push(row);
  }
  return rows;
}

template <typename Entry>
val table(std::span<const Entry> entries) {
  return table(entries, [](Object&, const Entry&) {});
}

inline val method_table() {
  return table(sampled_methods(), [](Object& row, const Method& method) {
    row.set("path", method.path == Path::kLine ? "line" : "point");
    row.set("noisy", method.noisy);
    row.set("rule", name_of(rules(), method.rule));
    row.set("reduction", name_of(reductions(), method.reduction));
    row.set("timesInput", method.times_input);
    row.set("antithetic", method.pays_in_pairs());
  });
}

inline val convention_table() {
  return table(conventions(), [](Object& row, const Convention& convention) {
    row.set("samples", static_cast<double>(convention.samples));
    row.set("noise", convention.noise);
    row.set("sigma", convention.sigma ? val(*convention.sigma) : val::undefined());
    row.set("reduction", convention.reduction);
    row.set("antithetic", false);  // no tool draws pairs
    row.set("cleanLast", convention.clean_last);
    row.set("channels", convention.channels);
    row.set("percentile", convention.percentile);
    row.set("fromLowest", convention.from_lowest);
  });
}

inline val tables() {
  Object tables;
  tables.set("methods", method_table());
  tables.set("references", table(references(), [](Object& row, const Method& method) { row.set("unit", method.unit); }));
  tables.set("rules", table(rules()));
  tables.set("differences", table(differences()));
  tables.set("views", table(views()));
  tables.set("colours", table(colour_maps()));
  tables.set("channels", table(channel_reductions()));
  tables.set("reductions", table(reductions()));
  tables.set("magnitudes", table(magnitudes()));
  tables.set("baselines", table(baselines()));
  tables.set("conventions", convention_table());
  return tables;
}

}  // namespace smoothgrad
