"""What the notice leaves open (rules, section 13), as plain values with our defaults. Pure."""

from __future__ import annotations

import msgspec


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The settings that this part of the product reads. Days are working days unless the name says otherwise."""

    automatic_confirmation_days: int = 1
    digest_hour: int = 16
    read_reminder_days: int = 1
    quiet_from: str = "21:00"
    quiet_until: str = "07:30"
    outgoing_gives_up_h: int = 24
    no_access_severity: str = "major"
    no_access_days: int = 3
    assigned_severe_days: int = 1
    assigned_major_days: int = 5
    assigned_minor_days: int = 10
    relapse_window_days: int = 90
    strict_verification: bool = False
    geofence_m: int = 300
    photo_time_gap_h: int = 24
    # What of a photo a person should look at (server/photos/flags.py and trails.py; measured in docs/evidence.md).
    photo_clock_tolerance_s: int = 300
    photo_weak_accuracy_m: int = 100
    photo_fix_age_s: int = 15
    photo_witness_distance_m: int = 300
    photo_witness_gap_h: int = 24
    photo_top_speed_kmh: int = 150
    photo_speed_slack_m: int = 500
    photo_frozen_fixes: int = 5
    photo_frozen_minutes: int = 3
    photo_frozen_accuracy_m: int = 15
    photo_near_bits: int = 3
    inspectors_per_visit: int = 2
    site_coverage_months: int = 3
    bad_visit_score: int = 60
    evaluation_month: int = 0
    evaluation_lead_months: int = 2
    trips_per_day: int = 4
    no_progress_limit_days: int = 10
    no_progress_share_divisor: int = 2
    letter_reply_days: int = 5
    supervision_days: int = 3
    reply_link_days: int = 15
    reply_link_key: int = 1
    report_least_characters: int = 640
    report_most_characters: int = 960
    office_phone: str = ""
    seal_by_lead_unit: bool = True
    letter_code: str = "株石创社函"
    circular_code: str = "株石创社"
    approval_code: str = "株石创社呈"
    report_code: str = "株石创社报"
    notice_code: str = "株石创社通"
    minutes_code: str = "株石创社纪"
    circulars_per_month: int = 1
    meeting_interval_months: int = 3
    workplan_days: int = 15
    summary_hour: int = 17
    monthly_summary_days: int = 3
    science_update_days: int = 60
    three_year_weights: str = ""
    three_level_scores: str = ""
    complaint_read_days: int = 1
    complaint_reply_days: int = 5
    satisfaction_percent: int = 80
    annual_line: int = 80
    deduction_base: int = 100
    deduction_weight_percent: int = 50
    estimated_score: bool = False
    group_name: str = "株洲市石峰区创文社会事业发展专业组"
    office_name: str = "石峰区创文社会事业发展专业组工作办公室"
    leader_title: str = "组长"
    civility_office: str = "区文明办"
