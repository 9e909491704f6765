"""The use cases of the screen and the command line: no Textual, no argparse, no printing, no `input()`.

They return values, raise RoadmapErrors, and ask through a Protocol.

The modules by floor; each imports only modules of the rows before its own:

    comma_lists  dated_values  own_templates  snapshot_list
    known_templates
    calculations  choosing  creating  flow_tasks  guide  hooks_folder  import_file  last_export
    measure_elsewhere  measure_filters  measure_options  measure_rows  new_calculator  node_handles  outlines
    plan_edits
    bindings  kpi_values  measure_again  measurement  points_in_time  reader  removed  rescue_lines
    removed_by_others  template_saving  template_summary  template_updates  what_goes
    calculator_edits  comparison  export_set  field_edits  guide_report  measure_into  measure_lists
    measure_report  measure_setup  measured_figures
    measure_server  opening  portfolio  structure_edits
    edit_lines  explain_report  flow_figures  hooks  library_rows  measure_into_report  taking  team
    template_report
    changing  kept_explanation  measure_run  schemas
    measure_process
    library_edits
"""
