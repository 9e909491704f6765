"""The use cases of the screen and the command line: no Textual, no argparse, no printing, no `input()`.

They return values, raise RoadmapErrors, and ask through a Protocol.

The modules by floor; each imports only modules of the rows before its own:

    comma_lists  dated_values
    calculations  choosing  creating  guide  hooks_folder  import_file  last_export  measure_elsewhere
    measure_options  measure_rows  measurement  node_handles  plan_edits
    points_in_time  reader  removed  rescue_lines  template_summary  what_goes
    comparison  edit_lines  export_set  field_edits  guide_report  measure_lists  measure_report
    measure_server  opening  portfolio  structure_edits  taking
    explain_report  hooks  library_rows  schemas  template_report
    library_edits
"""
