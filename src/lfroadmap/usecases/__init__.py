"""The use cases of the screen and the command line: no Textual, no argparse, no printing, no `input()`.

They return values, raise RoadmapErrors, and ask through a Protocol.

The modules by floor; each imports only modules of the rows before its own:

    author  comma_lists  dated_values  filter_checks  own_templates  own_words  reminder  similar_owners
    snapshot_list  timeline_rows
    desktop  known_templates
    calculations  choosing  creating  flow_tasks  guide  hooks_folder  import_file  last_export
    measure_elsewhere  measure_filters  measure_options  measure_rows  new_calculator  node_handles
    outlines
    saved_filters  searching
    plan_edits
    bindings  kpi_values  measure_again  measurement  points_in_time  reader  removed  rescue_lines
    settings_edits
    removed_by_others  template_saving  template_summary  template_updates  what_goes
    calculator_edits  comparison  export_set  field_edits  guide_report  measure_into  measure_lists
    measure_report  measure_setup  measured_figures  relation_edits
    measure_server  opening  portfolio  structure_edits
    due  edit_lines  explain_report  flow_figures  hooks  library_rows  measure_into_report  taking  team
    changing  room_follower  template_report
    kept_explanation  measure_run  people  person_renames  schemas
    measure_process
    library_edits
"""
