"""The configuration of a scheduler: one schema for all that SDXL models come with.

Models carry keys of schedulers that they had before, and a few-step adapter's scheduler takes them
over, so every scheduler may have the keys of all; what they may say depends on the class.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from storyboard.diffusion.weights.configuration import Configuration, Positive, Real, Share

__all__ = ["SchedulerConfig"]

_SOLVERS = {
    "DPMSolverMultistepScheduler": ("midpoint", "heun"),
    "DPMSolverSinglestepScheduler": ("midpoint", "heun"),
    "EDMDPMSolverMultistepScheduler": ("midpoint", "heun"),
    "DEISMultistepScheduler": ("logrho", "midpoint", "heun", "bh1", "bh2"),
    "UniPCMultistepScheduler": ("bh1", "bh2", "midpoint", "heun", "logrho"),
}
_ALGORITHMS = {
    "DPMSolverMultistepScheduler": ("dpmsolver", "dpmsolver++", "sde-dpmsolver", "sde-dpmsolver++"),
    "DPMSolverSinglestepScheduler": ("dpmsolver", "dpmsolver++", "sde-dpmsolver++"),
    "EDMDPMSolverMultistepScheduler": ("dpmsolver++", "sde-dpmsolver++"),
    "DEISMultistepScheduler": ("deis", "dpmsolver", "dpmsolver++"),
}
_Beta = Annotated[float, Field(gt=0, lt=1)]


class SchedulerConfig(Configuration):
    """Of a scheduler of diffusers; LMSDiscrete and beta sigmas are chosen, and no model's own."""

    class_name: Literal[
        "DDIMScheduler",
        "DDPMScheduler",
        "DEISMultistepScheduler",
        "DPMSolverMultistepScheduler",
        "DPMSolverSinglestepScheduler",
        "EDMDPMSolverMultistepScheduler",
        "EDMEulerScheduler",
        "EulerAncestralDiscreteScheduler",
        "EulerDiscreteScheduler",
        "HeunDiscreteScheduler",
        "KDPM2AncestralDiscreteScheduler",
        "KDPM2DiscreteScheduler",
        "LCMScheduler",
        "PNDMScheduler",
        "TCDScheduler",
        "UniPCMultistepScheduler",
    ] = Field(alias="_class_name")
    # At least as many as steps can be asked for: a schedule cannot be finer than its training.
    num_train_timesteps: Annotated[int, Field(ge=1000, le=10_000)] = 1000
    beta_start: _Beta = 0.0001
    beta_end: _Beta = 0.02
    beta_schedule: Literal["linear", "scaled_linear", "squaredcos_cap_v2"] = "linear"
    trained_betas: None = None
    prediction_type: Literal["epsilon", "sample", "v_prediction", "flow_prediction"] = "epsilon"
    timestep_spacing: Literal["linspace", "leading", "trailing"] = "linspace"
    timestep_type: Literal["discrete", "continuous"] = "discrete"
    interpolation_type: Literal["linear", "log_linear"] = "linear"
    steps_offset: Literal[0, 1] = 0
    clip_sample: bool = False
    clip_sample_range: Positive = 1.0
    set_alpha_to_one: bool = True
    skip_prk_steps: bool = False
    thresholding: bool = False
    dynamic_thresholding_ratio: Share = 0.995
    sample_max_value: Positive = 1.0
    rescale_betas_zero_snr: bool = False
    use_karras_sigmas: bool | None = False
    use_exponential_sigmas: bool | None = False
    use_beta_sigmas: Literal[False] | None = False
    use_lu_lambdas: bool = False
    use_flow_sigmas: bool = False
    flow_shift: Positive = 1.0
    final_sigmas_type: Literal["zero", "sigma_min"] = "zero"
    sigma_min: Positive | None = None
    sigma_max: Positive | None = None
    sigma_data: Positive = 0.5
    sigma_schedule: Literal["karras", "exponential"] = "karras"
    rho: Positive = 7.0
    solver_order: Literal[1, 2, 3] = 2
    solver_type: str | None = None
    algorithm_type: str | None = None
    solver_p: None = None
    predict_x0: bool = True
    disable_corrector: Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=1000)] = []  # noqa: RUF012
    lower_order_final: bool = True
    euler_at_final: bool = False
    lambda_min_clipped: Real | None = None
    variance_type: Literal["fixed_small", "fixed_small_log", "fixed_large", None] = None
    use_dynamic_shifting: Literal[False] = False
    time_shift_type: Literal["exponential", "linear"] = "exponential"
    shift_terminal: None = None
    original_inference_steps: Annotated[int, Field(ge=1, le=1000)] = 50
    timestep_scaling: Positive = 10.0

    @field_validator("lambda_min_clipped", mode="before")
    @classmethod
    def _may_be_without_bound(cls, value: object) -> object:
        # Written as -Infinity, which is the default of every scheduler that has the key.
        return None if value == -float("inf") else value

    @model_validator(mode="after")
    def _has_a_method_of_its_class(self) -> Self:
        for name, known in (("solver_type", _SOLVERS), ("algorithm_type", _ALGORITHMS)):
            asked = getattr(self, name)
            methods = known.get(self.class_name) or tuple(
                method for each in known.values() for method in each
            )
            self.fail_unless(asked is None or asked in methods, f"{name} is unknown")
        self.fail_unless(self.beta_start <= self.beta_end, "beta_start is over beta_end")
        sigmas = self.sigma_min is None or self.sigma_max is None
        self.fail_unless(
            sigmas or (self.sigma_min or 0) < (self.sigma_max or 0), "sigma_min is over sigma_max"
        )
        return self

    def given(self) -> dict[str, object]:
        """As for every configuration; what is None here may be left out there."""
        return {name: value for name, value in super().given().items() if value is not None}
