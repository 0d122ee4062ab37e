"""Every source file has its test file, where a newcomer looks for it."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_SOURCE, _TESTS = _ROOT / "desktop" / "verbatlas", _ROOT / "tests"
# Files that are tested through the ones named.
_ELSEWHERE = {
    "__main__": "test_cli",
    "label_job": "test_cli",
    "terminal": "test_cli",
    "app/export_choice": "app/test_export_dialog",
    "app/models/wide_form": "app/models/test_server_page",
    "encoders/names": "encoders/test_choice",
    "tables/failures": "tables/test_writing",
    "encoders/local/model_json": "encoders/local/test_description",
    "encoders/local/modules": "encoders/local/test_description",
    "encoders/local/refusal": "encoders/local/test_description",
    "encoders/local/shares": "encoders/local/test_encoder",
    "study/schema": "study/test_storage",
    "study/edits/edit": "study/test_any_edits",
    "analysis/kernels": "analysis/test_layout",
    "analysis/graph_weights": "analysis/test_layout",
    "analysis/kmeans": "analysis/test_clustering",
    "analysis/density": "analysis/test_clustering",
    "analysis/communities": "analysis/test_clustering",
    "app/theme/style_sheet": "app/theme/test_theme",
    "app/clusters/cluster_delegate": "app/clusters/test_cluster_list",
    "app/map/overlay": "app/map/test_map_view",
    "app/map/hover_card": "app/map/test_map_view",
    "app/map/minimap": "app/map/test_map_view",
    "app/map/map_tools": "app/map/test_map_view",
    "app/map/legend": "app/map/test_map_view",
    "app/map/frame": "app/map/test_map_canvas",
    "app/map/plain_kernels": "app/map/test_kernels",
    "app/map/warm_kernels": "app/map/test_render_worker",
    "tables/sheet_scan": "tables/test_workbook",
    "app/search/query": "app/search/test_search_bar",
    "app/filters/checklist": "app/filters/test_filter_dialog",
    "app/filters/number_range": "app/filters/test_filter_dialog",
    "app/filters/date_range": "app/filters/test_filter_dialog",
    "app/filters/histogram": "app/filters/test_filter_dialog",
    "app/filters/range_layout": "app/filters/test_filter_dialog",
    "app/filters/filter_chip": "app/filters/test_filter_bar",
    "app/flow_layout": "app/filters/test_filter_bar",
    "app/map_data": "app/test_map_picture",
    "app/report/report_data": "app/report/test_html_report",
    "app/advice/advice_jobs": "app/advice/test_advice",
    "app/advice/proposal_bar": "app/advice/test_learning",
    "app/noise/noise_panel": "app/noise/test_noise_tray",
    "app/noise/noise_plan": "app/noise/test_noise_tray",
    "encoders/hub/plan": "encoders/hub/test_download",
    "encoders/hub/safety": "encoders/hub/test_download",
    "encoders/hub/session": "encoders/hub/test_download",
    "encoders/hub/transfer": "encoders/hub/test_download",
    "encoders/server/conversation": "encoders/server/test_encoder",
    "encoders/server/sending": "encoders/server/test_encoder",
    "encoders/server/trouble": "encoders/server/test_connection",
    "app/split/split_preview": "app/split/test_splitting",
    "app/leave_out_words": "app/test_controls",
    "app/import_step/format_choices": "app/test_import_page",
    "app/import_step/leaving_out_box": "app/test_import_page",
    "app/import_step/preview": "app/test_import_page",
    "app/import_step/template_field": "app/test_import_page",
}


def test_every_source_file_has_a_test_file() -> None:
    missing = []
    for source in sorted(_SOURCE.rglob("*.py")):
        if source.name == "__init__.py":
            continue
        part = source.relative_to(_SOURCE).with_suffix("")
        test = _ELSEWHERE.get(part.as_posix(), (part.parent / f"test_{part.name}").as_posix())
        if not (_TESTS / f"{test}.py").exists():
            missing.append(f"{part.as_posix()} -> {test}.py")
    assert missing == []


def test_the_list_of_exceptions_names_files_that_are_there() -> None:
    assert [name for name in _ELSEWHERE if not (_SOURCE / f"{name}.py").exists()] == []
